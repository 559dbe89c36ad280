// The least that a bridge can do, as the measure of what Karani adds: one WebSocket each way, base64 in JSON towards the
// model, the decoded bytes of its messages straight back. No resampling, no pacing, no state.
import { WebSocket, WebSocketServer } from 'ws'

const carriers = new WebSocketServer({ host: process.env.HOST, port: Number(process.env.PORT), perMessageDeflate: false, handleProtocols: () => 'audio.drachtio.org' })

carriers.on('connection', carrier => {
  const model = new WebSocket(process.env.MODEL_URL, { perMessageDeflate: false })

  carrier.on('message', frame => {
    if (model.readyState !== WebSocket.OPEN) return
    model.send(JSON.stringify({ realtimeInput: { audio: { data: frame.toString('base64'), mimeType: 'audio/pcm;rate=16000' } } }))
  })
  model.on('message', message => {
    const { serverContent } = JSON.parse(message.toString())
    for (const { inlineData } of serverContent?.modelTurn?.parts ?? []) carrier.send(Buffer.from(inlineData.data, 'base64'))
  })
  carrier.on('close', () => model.close())
})
