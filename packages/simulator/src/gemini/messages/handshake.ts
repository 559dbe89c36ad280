import { Refusal, invalid } from './refusal.ts'

export interface Handshake {
  readonly constrained: boolean
  readonly version: string
  readonly key: string | null
  readonly accessToken: string | null
}

/** Client libraries that join a base URL and a path send two slashes; the service takes both. */
const PATH = /^\/{1,2}ws\/google\.ai\.generativelanguage\.(v1|v1beta|v1alpha)\.GenerativeService\.BidiGenerateContent(Constrained)?$/

/** What the request line of an upgrade asks for; null when it is no path of the service. */
export function readHandshake (target: string): Handshake | null {
  const [path = '', query = ''] = target.split('?', 2)
  const match = PATH.exec(path)
  if (match === null) return null
  const parameters = new URLSearchParams(query)
  return { version: match[1]!, constrained: match[2] !== undefined, key: parameters.get('key'), accessToken: parameters.get('access_token') }
}

/** A key opens the plain method; an ephemeral token opens the constrained one, on v1alpha only. Any key will do when `apiKeys` is not given. */
export function checkCredential ({ constrained, version, key, accessToken }: Handshake, apiKeys: readonly string[] | undefined): Refusal | null {
  if (constrained) return version === 'v1alpha' && accessToken?.startsWith('auth_tokens/') ? null : unregistered()
  if (key === null || key === '') return unregistered()
  return apiKeys === undefined || apiKeys.includes(key) ? null : invalid('API key not valid. Please pass a valid API key.')
}

function unregistered (): Refusal {
  return new Refusal(1008, "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.")
}
