import type { Check } from '@karani/business-systems/contract'
import type { Colors } from 'picocolors/types.js'

export function checkLine ({ name, passed, problem }: Check, colors: Colors): string {
  return passed ? `${colors.green('✓')} ${name}` : `${colors.red('✗')} ${colors.bold(name)}: ${problem}`
}
