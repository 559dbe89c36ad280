/** What becomes of a prompt, with Daraja's code and words for it (documented, unless noted). */
export const RESULTS = {
  'right PIN': [0, 'The service request is processed successfully.'],
  'insufficient funds': [1, 'The balance is insufficient for the transaction.'],
  'same again': [17, 'Rule limited.'],
  busy: [1001, 'Unable to lock subscriber, a transaction is already in process for the current subscriber'], // reported
  'too late': [1019, 'Transaction has expired.'],
  cancels: [1032, 'Request cancelled by user.'],
  unreachable: [1037, 'DS timeout user cannot be reached.'],
  'never answers': [1037, 'No response from user.'], // reported
  'wrong PIN': [2001, 'The initiator information is invalid.'],
  'not a till': ['SFC_IC0003', 'The operator does not exist.']
} as const satisfies Record<string, readonly [code: number | string, description: string]>

export type Result = keyof typeof RESULTS
