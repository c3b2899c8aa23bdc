import { kept } from '@/session/store'
import { fromHex, plainSealer, toHex, webSealer, type Sealer } from './seal'

const keyLength = 32

let opened: Promise<Sealer> | undefined

/** The phone's sealer; its key is made on first use and never leaves the phone. */
export const sealer = (): Promise<Sealer> => (opened ??= openSealer().catch((e: unknown) => {
  opened = undefined
  throw e
}))

function openSealer(): Promise<Sealer> {
  // #ifdef H5
  if (globalThis.crypto?.subtle) return browserSealer()
  // #endif
  return phoneSealer()
}

// In a browser the key is a CryptoKey in IndexedDB that no script can read out.
async function browserSealer(): Promise<Sealer> {
  const db = await promised(Object.assign(indexedDB.open('jiayi-keys', 1), { onupgradeneeded: createStore }))
  const read = () => promised<CryptoKey | undefined>(db.transaction('keys').objectStore('keys').get('visits') as IDBRequest<CryptoKey | undefined>)
  let key = await read()
  if (!key) {
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: keyLength * 8 }, false, ['encrypt', 'decrypt'])
    // add, not put: where two pages make one at once, the first stays.
    await promised(db.transaction('keys', 'readwrite').objectStore('keys').add(made, 'visits')).catch(() => undefined)
    key = (await read()) ?? made
  }
  return webSealer(key)
}

function createStore(this: IDBOpenDBRequest) {
  this.result.createObjectStore('keys')
}

function promised<T>(r: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    r.onsuccess = () => resolve(r.result)
    r.onerror = () => reject(r.error ?? new Error('indexedDB'))
  })
}

// In WeChat the key lies in its encrypted storage, which is bound to the user.
async function phoneSealer(): Promise<Sealer> {
  let key = await storedKey()
  if (!key) {
    key = await randomBytes(keyLength)
    await keepKey(key)
  }
  return plainSealer(key, randomBytes)
}

function storedKey(): Promise<Uint8Array | undefined> {
  // #ifdef MP-WEIXIN
  return new Promise((resolve) => {
    uni.getStorage({ key: 'jiayi.visit-key', encrypt: true, success: (r: { data: unknown }) => resolve(fromHex(String(r.data))), fail: () => resolve(undefined) } as UniApp.GetStorageOptions)
  })
  // #endif
  // #ifndef MP-WEIXIN
  const had = kept.get<string>('visit-key')
  return Promise.resolve(had ? fromHex(had as string) : undefined)
  // #endif
}

function keepKey(key: Uint8Array): Promise<void> {
  // #ifdef MP-WEIXIN
  return new Promise((resolve, reject) => {
    uni.setStorage({ key: 'jiayi.visit-key', data: toHex(key), encrypt: true, success: () => resolve(), fail: reject } as UniApp.SetStorageOptions)
  })
  // #endif
  // #ifndef MP-WEIXIN
  kept.set('visit-key', toHex(key))
  return Promise.resolve()
  // #endif
}

// WeChat's own name, which uni-app does not pass on.
declare const wx: { getRandomValues(o: object): void }

/** Random bytes of the platform. */
export function randomBytes(n: number): Promise<Uint8Array> {
  // #ifdef MP-WEIXIN
  return new Promise((resolve, reject) => {
    wx.getRandomValues({ length: n, success: (r: { randomValues: ArrayBuffer }) => resolve(new Uint8Array(r.randomValues)), fail: reject })
  })
  // #endif
  // #ifndef MP-WEIXIN
  return Promise.resolve(crypto.getRandomValues(new Uint8Array(n)))
  // #endif
}
