import { PortTakenError } from '../errors.ts'
import { freePort, isFree } from '../process/free-port.ts'
import { portHolder } from '../process/port-holder.ts'
import { LISTENER_PORTS, LISTENERS, portVariable, type Listener, type Settings } from './services.ts'

export type Ports = Readonly<Record<Listener, number>>

/** Ports that parallel stacks do not fight for. */
export async function freePorts (): Promise<Ports> {
  const ports = new Set<number>()
  while (ports.size < LISTENERS.length) ports.add(await freePort())
  return portsOf([...ports])
}

/**
 * The well-known ports, or those that `env` names.
 * @throws PortTakenError naming the port, its purpose, its holder, and the variable that moves it
 */
export async function fixedPorts (env: Settings, listeners: readonly Listener[]): Promise<Ports> {
  const ports = portsOf(LISTENERS.map(listener => Number(env[portVariable(listener)] ?? LISTENER_PORTS[listener])))
  for (const listener of listeners) {
    if (!await isFree(ports[listener])) throw taken(listener, ports[listener])
  }
  return ports
}

function taken (listener: Listener, port: number): Error {
  const holder = portHolder(port)
  const who = holder === null ? 'another program' : `process ${holder.pid} (${holder.command})`
  return new PortTakenError(String(port), listener, who, `${portVariable(listener)}=${port + 1}`)
}

function portsOf (ports: number[]): Ports {
  return Object.fromEntries(LISTENERS.map((listener, i) => [listener, ports[i]])) as unknown as Ports
}
