declare module 'ggwave' {
  /** A constant of the C++ library. */
  interface Constant { readonly value: number }

  interface Parameters {
    sampleRateInp: number
    sampleRateOut: number
    sampleFormatInp: Constant
    sampleFormatOut: Constant
  }

  export interface Ggwave {
    getDefaultParameters (): Parameters
    /** At most four instances in one module. */
    init (parameters: Parameters): number
    /** A view of memory that the next call overwrites. */
    encode (instance: number, text: string, protocol: Constant, volume: number): Int8Array
    /** The UTF-8 bytes of a message that ended in this block, else an empty view; overwritten by the next call. */
    decode (instance: number, block: Int8Array): Int8Array
    disableLog (): void
    readonly ProtocolId: { readonly GGWAVE_PROTOCOL_AUDIBLE_NORMAL: Constant }
    readonly SampleFormat: { readonly GGWAVE_SAMPLE_FORMAT_I16: Constant }
  }

  export default function createModule (options: { print (line: string): void, printErr (line: string): void }): Promise<Ggwave>
}
