import { gcm } from '@noble/ciphers/aes.js'

/** Seals text for the phone's storage. */
export interface Sealer {
  seal(text: string): Promise<string>
  open(sealed: string): Promise<string>
}

const nonceLength = 12

/** AES-256-GCM by WebCrypto; the key may be one that scripts cannot read. */
export function webSealer(key: CryptoKey): Sealer {
  return {
    async seal(text) {
      const iv = crypto.getRandomValues(new Uint8Array(nonceLength))
      const out = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, utf8(text))
      return toHex(iv) + toHex(new Uint8Array(out))
    },
    async open(sealed) {
      const all = fromHex(sealed)
      const out = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: all.slice(0, nonceLength) }, key, all.slice(nonceLength))
      return fromUtf8(new Uint8Array(out))
    },
  }
}

/** The same format without WebCrypto, for the mini-program. */
export function plainSealer(key: Uint8Array, random: (n: number) => Promise<Uint8Array>): Sealer {
  return {
    async seal(text) {
      const iv = await random(nonceLength)
      return toHex(iv) + toHex(gcm(key, iv).encrypt(utf8(text)))
    },
    open(sealed) {
      const all = fromHex(sealed)
      return Promise.resolve(fromUtf8(gcm(key, all.slice(0, nonceLength)).decrypt(all.slice(nonceLength))))
    },
  }
}

/** Bytes as text for the storage. */
export const toHex = (b: Uint8Array) => Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')
/** The other way. */
export const fromHex = (s: string) => new Uint8Array((s.match(/../g) ?? []).map((x) => parseInt(x, 16)))

// The mini-program has no TextEncoder; URI escapes are UTF-8 everywhere.
function utf8(s: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array((encodeURIComponent(s).match(/%..|./g) ?? []).map((c) => (c.length === 3 ? parseInt(c.slice(1), 16) : c.charCodeAt(0))))
}
const fromUtf8 = (b: Uint8Array) => decodeURIComponent(Array.from(b, (x) => `%${x.toString(16).padStart(2, '0')}`).join(''))
