import type { Colors } from 'picocolors/types.js'

/** One thing that was looked at. Only a `fault` keeps Karani from working as configured; its text ends with the remedy. */
export interface Finding {
  verdict: 'good' | 'note' | 'fault'
  /** The variable, or the party. */
  subject: string
  text: string
}

export const good = (subject: string, text: string): Finding => ({ verdict: 'good', subject, text })
export const note = (subject: string, text: string): Finding => ({ verdict: 'note', subject, text })
export const fault = (subject: string, text: string): Finding => ({ verdict: 'fault', subject, text })

export function findingLine ({ verdict, subject, text }: Finding, colors: Colors): string {
  const mark = { good: colors.green('✓'), note: colors.dim('·'), fault: colors.red('✗') }[verdict]
  return `${mark} ${colors.bold(subject)}: ${text}`
}
