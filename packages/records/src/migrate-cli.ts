import { migrate } from './migrate.ts'
import { onDatabase } from './on-database.ts'

await onDatabase(async url => {
  await migrate(url)
  return 'The database has the schema of this version. Next: npm run seed writes the demo records, or start the services.'
})
