import { MAX_MENU_BYTES, MENU } from '../http-restaurant.ts'
import type { HttpSystemOptions } from '../http-system.ts'
import { menuFaults } from '../restaurant.ts'
import { checkForm } from './check-finding.ts'
import { Peer, unlike } from './peer.ts'
import { isReached, Report, type Check } from './report.ts'

/** Whether a restaurant's till keeps the contract of docs/business-systems.md. */
export async function checkRestaurant (options: HttpSystemOptions): Promise<Check[]> {
  const report = new Report()
  const peer = new Peer(options, MAX_MENU_BYTES)
  if (!await isReached(peer, report)) return report.checks
  const answer = await peer.ask({ method: 'GET', path: '' })
  report.check('gives the menu', unlike(answer, 200))
  checkForm(report, MENU, [answer], true)
  if (MENU.Check(answer.reply)) {
    report.check('gives each dish an sku of its own, and a price to each modifier of a dish', ...menuFaults(answer.reply))
    report.check('has something that can be ordered', answer.reply.items.some(({ available }) => available) ? undefined : 'nothing is available')
  }
  report.check('refuses with 401 who does not know the secret', await peer.whenUnproven({ method: 'GET', path: '' }))
  report.check(peer.timeLimit, peer.lateness)
  return report.checks
}
