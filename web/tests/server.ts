import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Builds the server once, seeds a small district and serves it; what it returns stops it again. */
export default async function setup(): Promise<() => void> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const dir = mkdtempSync(join(tmpdir(), 'jiayi-browser-'))
  const binary = join(dir, 'jiayi')
  execFileSync('go', ['build', '-o', binary, '.'], { cwd: root, stdio: 'inherit' })
  const port = await freePort()
  const server = spawn(binary, ['demo', '--dir', join(dir, 'data'), '--scale', '0.01', '--addr', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', process.env.CI ? 'ignore' : 'inherit'] })
  const base = `http://127.0.0.1:${port}`
  const deadline = Date.now() + 120_000
  for (;;) {
    if (server.exitCode !== null) throw new Error('the server stopped: ' + server.exitCode)
    if (await fetch(base + '/readyz').then((r) => r.ok, () => false)) break
    if (Date.now() > deadline) throw new Error('the server does not answer')
    await new Promise((r) => setTimeout(r, 200))
  }
  process.env.JIAYI_BASE = base
  process.env.JIAYI_LOGINS = readFileSync(join(dir, 'data', 'demo.json'), 'utf8')
  return () => {
    server.kill()
    rmSync(dir, { recursive: true, force: true })
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const s = createServer()
    s.once('error', reject)
    s.listen(0, '127.0.0.1', () => {
      const at = s.address()
      s.close(() => resolve(typeof at === 'object' && at !== null ? at.port : 0))
    })
  })
}
