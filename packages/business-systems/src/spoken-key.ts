/** An id as people say it: its letters and digits, in capitals. `TC-1042` is `TC1042`. */
export const spokenKey = (id: string): string => id.replace(/[^A-Za-z0-9]/g, '').toUpperCase()
