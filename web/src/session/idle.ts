import { session, lock } from './session'
import { onActiveElsewhere, tellActive } from './token'

/** Without a sign of the person this long, the screen locks; the server ends the session alike. */
export const idleLimit = 15 * 60_000
const check = 5_000
const tellEvery = 10_000

let seen = Date.now()
let told = 0

function active(): void {
  const now = Date.now()
  if (now - seen >= idleLimit) return // too late: the lock is due
  seen = now
  if (now - told > tellEvery) {
    told = now
    tellActive()
  }
}

/** Watches keyboard, pointer and touch, here and in other tabs. */
export function watchIdle(): void {
  for (const kind of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart']) {
    addEventListener(kind, active, { passive: true, capture: true })
  }
  onActiveElsewhere(() => { seen = Date.now() })
  setInterval(() => {
    if (session.state !== 'in') seen = Date.now()
    else if (Date.now() - seen >= idleLimit) void lock('idle')
  }, check)
}
