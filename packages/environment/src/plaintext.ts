const PLAINTEXT = new Set(['http:', 'ws:', 'redis:', 'postgres:', 'postgresql:'])
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|)$/i
const ENCRYPTED_POSTGRES = new Set(['require', 'verify-ca', 'verify-full'])

/** Whether what is sent to this URL leaves the machine unencrypted. Text that is no URL, such as a socket's path, does not. */
export function leavesInPlaintext (text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (!PLAINTEXT.has(url.protocol)) return false
  return url.protocol.startsWith('postgres') ? postgresInPlaintext(url) : !LOOPBACK.test(url.hostname)
}

/** The `host` parameter overrules the host, and either may be the folder of a Unix socket. */
function postgresInPlaintext ({ hostname, searchParams }: URL): boolean {
  const host = searchParams.get('host') || hostname
  const isSocket = /^(\/|%2f)/i.test(host)
  return !isSocket && !LOOPBACK.test(host) && !ENCRYPTED_POSTGRES.has(searchParams.get('sslmode') ?? '')
}
