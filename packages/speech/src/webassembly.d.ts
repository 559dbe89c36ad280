/** The two functions used here; Node has WebAssembly, its types for Node 20 do not. */
declare namespace WebAssembly {
  function compile (bytes: Uint8Array): Promise<Module>
  function instantiate (module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<Instance>
}
