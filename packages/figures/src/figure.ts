/**
 * What a figure stands for. `money` was marked as such or stands where money is spoken of; `code` is read digit by digit or names
 * something (a phone, an account, a parcel); `number` is everything else, counts and durations included.
 */
export type FigureKind = 'money' | 'number' | 'percent' | 'code' | 'date' | 'time'

/** A figure in a spoken text. */
export interface Figure {
  readonly kind: FigureKind
  /** As it stands in the text, with its unit where it is money: `KES 2,000`. */
  readonly text: string
  /** Where `text` begins, and the place behind it, in UTF-16 units. */
  readonly from: number
  readonly to: number
  /**
   * Each way in which it may be read, in hundredths. `four fifty` is 450, or 4 and 50, so a way may have several values;
   * `elfu ishirini na tano` is 25,000 or 20,005. The first is the usual one. Empty for a code.
   */
  readonly readings: ReadonlyArray<readonly number[]>
  /** The digits one by one, where they are said or written so: `4821`. */
  readonly digits: string
}

/** 2,000.5 -> 200050 */
export const hundredths = (value: number): number => Math.round(value * 100)
