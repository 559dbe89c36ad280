import { TAPS_PER_PHASE } from './polyphase-filter.ts'

/** `fir.wat` compiled. Changing that file, run its test: on a difference it prints the line to put here. */
export const FIR_WASM = 'AGFzbQEAAAABCgFgBn9/f39/fwADAgEABQMBAAEHFQIGbWVtb3J5AgAIY29udm9sdmUAAArsAQHpAQIHewF+IAD9AAQAIQYgAP0ABBAhByAA/QAEICEIIAD9AAQwIQkgAP0ABEAhCiAA/QAEUCELAkADQCAFRQ0BIAYgAf0AAQD9ugEgByAB/QABEP26Af2uASAIIAH9AAEg/boBIAkgAf0AATD9ugH9rgH9rgEgCiAB/QABQP26ASALIAH9AAFQ/boB/a4B/a4BIQwgDP0bAKwgDP0bAax8IAz9GwKsIAz9GwOsfHwhDSANQoCAAXxCD4chDSANp/0RIQwgAyAMIAz9hQH9WQEAACABIAJqIQEgAyAEaiEDIAVBAWshBQwACwsL'

/** In bytes; a row of coefficients lies at the beginning. */
const WINDOW_AT = 128
const OUTPUT_AT = 4_096
const PAGE_BYTES = 65_536

/** What TypeScript's library has only together with the browser's. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }, convolve (...addressesAndCount: number[]): void } }
}

const { memory, convolve } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(atob(FIR_WASM), byte => byte.charCodeAt(0)))).exports

const row = new Int16Array(memory.buffer, 0, TAPS_PER_PHASE)
/** Scratch of all streams: what a stream wrote is good until the next one does. */
export const firWindow = new Int16Array(memory.buffer, WINDOW_AT, (OUTPUT_AT - WINDOW_AT) / 2)
export const firOutput = new Int16Array(memory.buffer, OUTPUT_AT, (PAGE_BYTES - OUTPUT_AT) / 2)

/**
 * Writes `count` samples into `firOutput`, `every` places apart from `first` on: the coefficients times the windows that
 * begin `step` samples apart in `firWindow`, from `from` on; rounded, and clamped to 16 bits.
 */
export function convolveRow (coefficients: Int16Array, { from, step, first, every, count }: { from: number, step: number, first: number, every: number, count: number }): void {
  row.set(coefficients)
  convolve(0, WINDOW_AT + 2 * from, 2 * step, OUTPUT_AT + 2 * first, 2 * every, count)
}
