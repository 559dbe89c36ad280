/** A file or buffer is not a WAV file that can be read here: truncated, not RIFF/WAVE, or not 16-bit PCM. The message says which. */
export class WavInvalidError extends Error {
  readonly code = 'WAV_INVALID'
}
