import type { Lines } from '@karani/lines'
import { dayAt, type Records } from '@karani/records'
import { plain } from '../display/text.ts'
import { UsageError } from '../errors.ts'
import type { PlaceWish } from './place-wish.ts'

/** Closes days and notes where people are, as `PlaceWish` asks for. @returns what is to be printed */
export async function tendPlaces (wish: PlaceWish, records: Records, lines: Lines): Promise<string[]> {
  switch (wish.do) {
    case 'close': {
      const { day, name, country = lines.country } = wish
      await records.write(({ closedDays }) => closedDays.close({ country, day, name }))
      return [`${day} is closed in ${country} (${plain(name)}), from the next call on; who was to be called then is called later.`]
    }
    case 'reopen': {
      const { day, country = lines.country } = wish
      if (!await records.write(({ closedDays }) => closedDays.reopen({ country, day }))) throw new UsageError(`name a day that is closed in ${country}; npm run campaign -- closed lists them`)
      return [`${day} is a day like others in ${country} again. Who was put off because of it stays put off.`]
    }
    case 'closed': {
      const days = await records.closedDays.since(dayAt(new Date(), lines.timeZone))
      return days.length === 0 ? ['No day is closed besides public holidays.'] : days.map(({ country, day, name }) => `${day}  ${country}  ${plain(name)}`)
    }
    case 'where': {
      const { accountId, country, zone, isConfirmed } = wish
      if (!await records.write(({ whereabouts }) => whereabouts.note({ accountId }, { country, zone, isConfirmed }))) throw new UsageError('name an account that the records have')
      return [isConfirmed
        ? `${plain(accountId)} is in ${country}${zone === null ? '' : `, ${zone}`}: its rules hold from the next call on, and no other country's.`
        : `${plain(accountId)} may be in ${country}: its rules and those of the number's country both hold from the next call on, until it is noted with --confirmed.`]
    }
  }
}
