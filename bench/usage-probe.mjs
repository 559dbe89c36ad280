// Loaded into each process under test, the same for all: tells, when asked, what the process has used, and what it holds when
// its garbage is gone. It ends the process when the bench is gone.
process.on('message', question => process.send(question === 'usage' ? usage() : memory()))
process.on('disconnect', () => process.exit())

function usage () {
  const { user, system } = process.cpuUsage()
  return { cpuMs: (user + system) / 1000, atMs: performance.now() }
}

function memory () {
  const residentBytes = process.memoryUsage.rss()
  globalThis.gc()
  globalThis.gc() // what buffers held is given back only after the collection that found them
  const { heapUsed, external } = process.memoryUsage()
  return { liveBytes: heapUsed + external, residentBytes }
}
