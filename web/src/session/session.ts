import { computed, reactive } from 'vue'
import { get, post } from '@/api/client'
import { isProblem, Problem } from '@/api/problem'
import { queries } from '@/api/query'
import { newKey } from '@/api/uuid'
import { t } from '@/texts'
import { dropToken, keepToken, onEnded, onUnlockedElsewhere, resume, tellUnlocked } from './token'
import type { components } from '@/api/schema'

export type Me = components['schemas']['MeBody']

/**
 * Who works here. "locked" keeps the page and what is typed into it behind the lock
 * screen: the session on the server is over, and the password begins a new one.
 */
export const session = reactive({
  state: 'unknown' as 'unknown' | 'out' | 'in' | 'locked',
  why: '' as '' | 'idle' | 'expired',
  me: null as Me | null,
})

export const me = computed(() => session.me)

/** Role decides the menu; the server decides the right. Of several permissions one is enough. */
export function can(permission: string | readonly string[] | undefined): boolean {
  const held = session.me?.permissions ?? []
  return permission === undefined || (typeof permission === 'string' ? held.includes(permission) : permission.some((x) => held.includes(x)))
}

/** A duty comes before all else. */
export const duty = computed<'' | 'password' | 'totp'>(() =>
  session.me?.must_change_password ? 'password' : session.me?.must_enrol_otp ? 'totp' : '')

export async function loadMe(): Promise<void> {
  const fresh = await get('/api/v1/me')
  if (session.me !== null && session.me.account_id !== fresh.account_id) queries.clear()
  session.me = fresh
  session.state = 'in'
  session.why = ''
}

let starting: Promise<void> | null = null

/** Finds the session of this browser, once. */
export function start(): Promise<void> {
  starting ??= (async () => {
    try {
      if (await resume()) await loadMe()
      else session.state = 'out'
    } catch (e) {
      session.state = 'out'
      if (!isProblem(e)) throw e
    }
  })().catch(() => { session.state = 'out' })
  return starting
}

/** Signs in; throws the Problem of a refusal ("otp_required" asks for the code). */
export async function signIn(username: string, password: string, otp: string): Promise<void> {
  let answer: Response
  try {
    answer = await fetch('/api/v1/auth/staff', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Session': 'cookie', 'Idempotency-Key': newKey() },
      body: JSON.stringify({ username, password, ...(otp ? { otp } : {}) }),
    })
  } catch {
    throw new Problem({ status: 0, code: 'offline', detail: t('problem.offline') })
  }
  const body = (await answer.json()) as never
  if (!answer.ok) throw new Problem(body)
  keepToken((body as { access_token: string }).access_token)
  await loadMe()
  tellUnlocked()
}

/** Ends the session on the server and in every tab. */
export async function signOut(): Promise<void> {
  await endOnServer()
  dropToken('signed-out')
  forget()
}

/** Locks every tab; the session on the server ends with it, so that a reload opens nothing. */
export async function lock(why: 'idle' | 'expired'): Promise<void> {
  if (session.state !== 'in') return
  session.why = why
  session.state = 'locked'
  await endOnServer()
  dropToken('locked')
}

async function endOnServer(): Promise<void> {
  try {
    await post('/api/v1/auth/logout', undefined as never, { session: true })
  } catch {
    // Without network the server's own idle limit ends it.
  }
}

function forget(): void {
  queries.clear()
  session.me = null
  session.state = 'out'
}

/** Leaves the lock screen for another account: what is typed is lost, and the screen says so. */
export function leave(): void {
  forget()
  location.assign('/sign-in')
}

onEnded((why) => {
  if (session.state === 'out' || session.state === 'unknown') return
  if (why === 'signed-out') {
    forget()
    location.assign('/sign-in')
    return
  }
  if (session.state === 'in') session.why = why === 'locked' ? 'idle' : 'expired'
  session.state = 'locked'
})

onUnlockedElsewhere(() => {
  const was = session.me?.account_id
  if (session.state !== 'locked') return
  void loadMe().then(() => {
    if (session.me?.account_id !== was) location.reload() // someone else works here now
  }, () => undefined)
})
