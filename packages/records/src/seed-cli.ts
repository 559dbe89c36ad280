import { onDatabase } from './on-database.ts'
import { seed } from './seed.ts'

await onDatabase(async url => {
  const { accounts, shipments, menuItems, articles } = await seed(url, new Date())
  return `Wrote the demo records, dated from today: ${accounts} accounts, ${shipments} shipments, ${menuItems} dishes, ${articles} articles. Next: start the services, or ring with npm run call.`
})
