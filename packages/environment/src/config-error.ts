/**
 * The configuration is incomplete or unsafe; the service must not start. The message is one line,
 * `VARIABLE: what is wrong; what to do`, and never repeats a value: it could be a secret.
 */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID'
}
