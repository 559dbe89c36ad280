import { CallNewsStream, type CallNews } from '@karani/call-context'
import { Counter } from '@karani/plugin-health'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** Hands the news of one call to `hear`, each once, until the returned function is called. */
    hearNews (callId: string, hear: (news: CallNews) => void): () => void
  }
}

/** News of one call; what comes on top is dropped. */
const MAX_NEWS = 20

interface Listener { readonly hear: (news: CallNews) => void, readonly heard: Set<string> }

/** Adds `app.hearNews`. One follower serves all calls of the process; news of calls that are elsewhere, or over, are passed over. Needs `app.redis`. */
async function callNews (app: FastifyInstance): Promise<void> {
  const corrupt = new Counter({ name: 'karani_call_news_corrupt_total', help: 'News for calls that did not fit their schema and were ignored.', registers: [app.metrics] })
  const listeners = new Map<string, Listener>()
  const closing = new AbortController()

  const following = new CallNewsStream(app.redis, () => corrupt.inc()).follow(news => {
    const listener = listeners.get(news.callId)
    if (listener === undefined || listener.heard.has(news.newsId) || listener.heard.size >= MAX_NEWS) return
    listener.heard.add(news.newsId)
    listener.hear(news)
  }, closing.signal)
  following.catch((err: Error) => app.log.error({ code: err.name }, 'news for calls are no longer heard'))

  app.decorate('hearNews', (callId, hear) => {
    const listener = { hear, heard: new Set<string>() }
    listeners.set(callId, listener)
    return () => { if (listeners.get(callId) === listener) listeners.delete(callId) }
  })
  app.addHook('onClose', async () => {
    closing.abort()
    await following.catch(() => {})
  })
}
export default fp(callNews, { name: 'call-news', fastify: '5.x', dependencies: ['health', 'redis'] })
