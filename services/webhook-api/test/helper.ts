import { resolve } from 'node:path'
import type { Test } from 'tap'
import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify'
import fp from 'fastify-plugin'
import { startRedis, type RedisServer } from '@karani/local-stack'
import { signWebhook } from '@karani/sautikit'
import webhookApi from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { serverOptions } from '../src/server-options.ts'

export const SECRET = 'a voice signing secret'
export const TOKEN = 'tok_0123456789abcdefghijklmnopqrstuv'
export const LENDER = '+254711000001'
export const CALLER = '+254712345678'

const ENV = {
  PUBLIC_URL: 'https://karani.example',
  MEDIA_URL: 'wss://media.example',
  LINES_FILE: resolve(import.meta.dirname, '../../../config/lines.json'),
  SAUTIKIT_SIGNING_SECRETS: SECRET,
  WEBHOOK_TOKENS: TOKEN
}

export interface Service {
  readonly app: FastifyInstance
  readonly redis: RedisServer
  /** Everything that was logged, at `trace`. */
  readonly log: string[]
}

/** A ready service with a private Redis; both close with the test. */
export async function build (t: Test, env: Record<string, string> = {}, redis?: RedisServer): Promise<Service> {
  const server = redis ?? await startRedis()
  const log: string[] = []
  const app = Fastify(serverOptions({ level: 'trace', stream: { write: line => { log.push(line) } } }))
  t.teardown(async () => {
    await app.close()
    server.thaw()
    await server.stop()
  })
  await app.register(fp(webhookApi), readConfig({ ...ENV, REDIS_URL: server.url, ...env }))
  await app.ready()
  return { app, redis: server, log }
}

type Fields = Record<string, string>

export const form = (fields: Fields): string => new URLSearchParams(fields).toString()

export const ringing = (fields: Fields = {}): Fields => ({
  sessionId: 'HD_24d73b4518bc', callerNumber: CALLER, destinationNumber: LENDER, callSessionState: 'Ringing', isActive: '1', direction: 'Inbound', ...fields
})
export const completed = (fields: Fields = {}): Fields => ringing({ callSessionState: 'Completed', isActive: '0', durationInSeconds: '73', ...fields })

export const unixSeconds = (): number => Math.floor(Date.now() / 1_000)

interface Post { readonly url?: string, readonly headers?: Record<string, string>, readonly at?: number, readonly secret?: string }

export async function postBody (app: FastifyInstance, contentType: string, payload: string | Buffer, { url = '/voice', headers = {}, at = unixSeconds(), secret = SECRET }: Post = {}): Promise<LightMyRequestResponse> {
  return await app.inject({ method: 'POST', url, headers: { 'content-type': contentType, 'x-sautikit-signature': signWebhook(secret, payload, at), ...headers }, payload })
}

/** A signed form, as the carrier sends it. */
export const postForm = (app: FastifyInstance, fields: Fields, post?: Post): Promise<LightMyRequestResponse> => postBody(app, 'application/x-www-form-urlencoded', form(fields), post)

/** A signed JSON body, as the carrier sends it. */
export const postJson = (app: FastifyInstance, value: unknown, post?: Post): Promise<LightMyRequestResponse> => postBody(app, 'application/json', JSON.stringify(value), post)

export const EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

/** The ticket in a document. */
export function ticketIn (document: string): string {
  const ticket = /<Stream url="wss:\/\/media\.example\/audio\/([\w-]{43})"/.exec(document)?.[1]
  if (ticket === undefined) throw new Error(`no ticket in ${document}`)
  return ticket
}

export async function metric (app: FastifyInstance, name: string): Promise<number> {
  const { body } = await app.inject('/metrics')
  return Number(body.split('\n').find(line => line.startsWith(`${name} `))?.split(' ')[1] ?? 0)
}
