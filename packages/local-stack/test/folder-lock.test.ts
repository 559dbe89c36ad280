import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { lockFolder } from '../src/process/folder-lock.ts'
import { runningProcess } from '../src/process/running-process.ts'

t.test('a folder has one holder, and the refused one is told who it is', async t => {
  const folder = path.join(t.testdir(), 'data')
  const lock = await lockFolder(folder)
  await t.rejects(lockFolder(folder), { code: 'FOLDER_IN_USE', message: new RegExp(`${folder} is in use by process ${process.pid} \\(.*node.*\\)`) })
  await lock.release()
  t.notOk(existsSync(path.join(folder, 'lock')))
  await (await lockFolder(folder)).release()
})

t.test('the lock of a process that is gone, or of another one with its pid, is taken over', async t => {
  const gone = spawn('true')
  await once(gone, 'exit')
  const other = runningProcess(process.ppid)
  for (const dead of [JSON.stringify({ pid: gone.pid, startedAt: '1' }), JSON.stringify({ pid: other?.pid, startedAt: 'earlier' }), '{"pid":']) {
    const folder = t.testdir({ lock: dead })
    await (await lockFolder(folder)).release()
  }
})

t.test('of many that come at once, one gets the folder, also when a dead one has to be cleared first', async t => {
  const folder = t.testdir()
  for (const left of [null, '{"pid":1,"startedAt":"never"}']) {
    if (left !== null) writeFileSync(path.join(folder, 'lock'), left)
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)))
    const locks = tries.flatMap(one => one.status === 'fulfilled' ? [one.value] : [])
    t.equal(locks.length, 1)
    await locks[0]?.release()
  }
})
