import { expect, it } from 'vitest'
import { plainSealer, webSealer } from './seal'

const raw = new Uint8Array(32).fill(7)
const random = (n: number) => Promise.resolve(crypto.getRandomValues(new Uint8Array(n)))
const text = '收缩压 152 😀 "quoted" %41'

it('both sealers read what either wrote, and show nothing of it', async () => {
  const web = webSealer(await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']))
  const plain = plainSealer(raw, random)
  for (const a of [web, plain]) {
    const sealed = await a.seal(text)
    expect(sealed).toMatch(/^[0-9a-f]+$/)
    expect(await web.open(sealed)).toBe(text)
    expect(await plain.open(sealed)).toBe(text)
    expect(await a.seal(text)).not.toBe(sealed)
  }
})

it('refuses what was changed', async () => {
  const plain = plainSealer(raw, random)
  const sealed = await plain.seal(text)
  const changed = sealed.slice(0, -1) + (sealed.endsWith('0') ? '1' : '0')
  await expect(async () => plain.open(changed)).rejects.toThrow()
})
