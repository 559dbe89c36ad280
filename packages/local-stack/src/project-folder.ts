import { fileURLToPath } from 'node:url'

/** The checkout that this file runs from, with a slash at its end; the same from `src` and from `dist`. */
export const PROJECT_FOLDER = fileURLToPath(new URL('../../../', import.meta.url))
