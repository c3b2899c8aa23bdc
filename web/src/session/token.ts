import { newKey } from '@/api/uuid'

// The access token lives in this variable and nowhere else; the refresh token is a cookie
// that no script can read. All tabs of a browser share the cookie, and it works once: one
// tab at a time refreshes, under a lock, and tells the others the new access token.

const refreshPath = '/api/v1/auth/refresh'
const channelName = 'jiayi-session'
const lockName = 'jiayi-refresh'
const pendingKey = 'jiayi-refresh-key' // Idempotency-Key of a refresh whose answer is not here yet
const aliveKey = 'jiayi-session' // set while the cookie is likely there; no secret
const askFor = 150 // milliseconds that other tabs have to answer a new one

type Message = { kind: 'token'; token: string } | { kind: 'ask' } | { kind: 'ended'; why: Ended } | { kind: 'active' } | { kind: 'unlocked' }
export type Ended = 'signed-out' | 'locked' | 'expired'

let token: string | null = null
const channel = new BroadcastChannel(channelName)
const endedListeners: ((why: Ended) => void)[] = []
const activeListeners: (() => void)[] = []
const unlockedListeners: (() => void)[] = []
let waiting: ((token: string) => void) | null = null

channel.onmessage = (e: MessageEvent<Message>) => {
  switch (e.data.kind) {
    case 'token':
      token = e.data.token
      waiting?.(e.data.token)
      break
    case 'ask':
      if (token !== null) channel.postMessage({ kind: 'token', token } satisfies Message)
      break
    case 'ended':
      token = null
      for (const f of endedListeners) f(e.data.why)
      break
    case 'unlocked':
      for (const f of unlockedListeners) f()
      break
    case 'active':
      for (const f of activeListeners) f()
  }
}

/** Runs when the session ended, in this tab or another. */
export function onEnded(f: (why: Ended) => void): void {
  endedListeners.push(f)
}

/** Runs when someone works in another tab. */
export function onActiveElsewhere(f: () => void): void {
  activeListeners.push(f)
}

/** Runs when someone signed in again in another tab. */
export function onUnlockedElsewhere(f: () => void): void {
  unlockedListeners.push(f)
}

export function tellUnlocked(): void {
  channel.postMessage({ kind: 'unlocked' } satisfies Message)
}

export function tellActive(): void {
  channel.postMessage({ kind: 'active' } satisfies Message)
}

export function keepToken(fresh: string): void {
  token = fresh
  localStorage.setItem(aliveKey, '1')
  channel.postMessage({ kind: 'token', token: fresh } satisfies Message)
}

/** Forgets the token here and in the other tabs. */
export function dropToken(why: Ended): void {
  token = null
  localStorage.removeItem(aliveKey)
  channel.postMessage({ kind: 'ended', why } satisfies Message)
  for (const f of endedListeners) f(why)
}

/** The server no longer knows the session. */
export function sessionEnded(): void {
  if (token !== null) dropToken('expired')
}

export function accessToken(): Promise<string | null> {
  return Promise.resolve(token)
}

/** Tries to find a session that lives already: in another tab, or by the cookie. */
export async function resume(): Promise<boolean> {
  if ((await askOthers()) !== null) return true
  return localStorage.getItem(aliveKey) !== null && (await refreshAfter(null)) !== null
}

function askOthers(): Promise<string | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(null), askFor)
    const done = (t: string | null) => {
      clearTimeout(timer)
      waiting = null
      resolve(t)
    }
    waiting = done
    channel.postMessage({ kind: 'ask' } satisfies Message)
  })
}

/** A token newer than the one that was refused, or null when the session is over. Throws without network. */
export async function refreshAfter(refused: string | null): Promise<string | null> {
  return alone(async () => {
    if (token !== null && token !== refused) return token // another tab, or another request of this one, was faster
    return refresh()
  })
}

// navigator.locks exists on TLS pages and on this machine only.
function alone<T>(run: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? (navigator.locks.request(lockName, run) as Promise<T>) : run()
}

// A lost answer would strand the session: its cookie is used, the next one never came. The
// key is kept until the answer is here, so that the next try, even of another tab, gets it.
async function refresh(first = true): Promise<string | null> {
  const key = localStorage.getItem(pendingKey) ?? newKey()
  localStorage.setItem(pendingKey, key)
  const answer = await fetch(refreshPath, { method: 'POST', headers: { 'X-Session': 'cookie', 'Idempotency-Key': key } })
  if (answer.status >= 500 || answer.status === 429) throw new Error('refresh: ' + answer.status)
  localStorage.removeItem(pendingKey)
  if (answer.status === 422 && first) return refresh(false) // the key stood for an older cookie
  if (!answer.ok) {
    localStorage.removeItem(aliveKey)
    return null
  }
  const body = (await answer.json()) as { access_token: string }
  keepToken(body.access_token)
  return body.access_token
}
