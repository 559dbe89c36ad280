import { RecordsUnavailableError } from '../errors.ts'

/**
 * What the records come to.
 * @throws RECORDS_UNAVAILABLE when they do not answer, else the refusals that they were asked for with
 */
export async function recorded<T> (work: Promise<T>): Promise<T> {
  return await work.catch((cause: Error & { statusCode?: number }) => { throw cause.statusCode === undefined ? new RecordsUnavailableError({ cause }) : cause })
}
