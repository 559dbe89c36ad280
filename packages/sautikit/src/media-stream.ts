/** The subprotocol that the carrier's socket offers and that must be echoed; without it no audio flows (documented by the carrier). */
export const SUBPROTOCOL = 'audio.drachtio.org'
/** Both directions: signed 16-bit little-endian mono PCM in binary messages, without header. */
export const SAMPLE_RATE_HZ = 16_000
/** The carrier sends a frame every 20 ms, 640 bytes (observed in production), silence included. */
export const FRAME_MS = 20
/**
 * The first binary message holds all that was captured while the socket was being opened: about 1.2 s in production. The
 * carrier's fork module holds 5 s at most: five seconds at 16 kHz, 2 bytes a sample.
 */
export const MAX_CONNECT_BURST_BYTES = 160_000
/** Drops the audio that the carrier holds, except the 80 to 160 ms of its pre-buffer. Not documented; used in production, and known from the carrier's fork module. */
export const KILL_AUDIO = '{"type":"killAudio"}'
