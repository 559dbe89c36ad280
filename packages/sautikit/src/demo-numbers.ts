/**
 * The numbers of people and staff in `demo/records.json`; a test compares. They are examples, and may belong to somebody: the client dials
 * them on this machine's own carrier alone. Here, because whatever places a call comes through the client.
 */
export const DEMO_NUMBERS: ReadonlySet<string> = new Set([
  '+254712345678', '+254722000002', '+254733000003', '+254744000004', '+254755000005', '+254766000006',
  '+254711222333', '+254711222334', '+254722222222', '+254700000001', '+254711111111', '+254722222223'
])

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i

/** Whether what is sent to this URL stays on this machine. */
export const isLoopback = (url: string): boolean => URL.canParse(url) && LOOPBACK.test(new URL(url).hostname)
