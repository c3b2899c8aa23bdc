import { expect, it } from 'vitest'
import { asProblem, noAnswer, Problem } from '@/api/problem'
import { Queue, type Waiting } from './queue'

type Visit = { n: number }

/** Numbers that look random and are the same in every run. */
function dice(seed: number) {
  let x = seed + 1
  return (sides: number) => {
    x = (x * 48_271) % 2_147_483_647
    return x % sides
  }
}

/** One phone, one server and one doctor through a bad week: whatever happens, each visit arrives once. */
async function week(seed: number) {
  const roll = dice(seed)
  let disk = '[]'
  const arrived = new Map<string, number[]>()
  let calm = false
  const shelf = {
    read: () => Promise.resolve(JSON.parse(disk) as Waiting<Visit>[]),
    // The app is killed before or after the write reached the disk: the page never learns which.
    write: (all: Waiting<Visit>[]) => {
      const fate = calm ? 9 : roll(10)
      if (fate !== 0) disk = JSON.stringify(all)
      return fate <= 1 ? Promise.reject(new Error('killed')) : Promise.resolve()
    },
  }
  const send = async (e: Waiting<Visit>) => {
    await Promise.resolve()
    const fate = calm ? 9 : roll(8)
    if (fate === 0) throw noAnswer() // the request is lost
    if (fate === 1) throw new Problem(401, 'unauthenticated', '请重新登录') // the token has expired
    if (fate === 2) throw new Problem(503, 'unavailable', '请稍后再试')
    // The server does a key once and gives the first answer to every repeat.
    if (!arrived.has(e.key)) arrived.set(e.key, [])
    if (arrived.get(e.key)?.length === 0) arrived.get(e.key)?.push(e.body.n)
    if (fate === 3) throw noAnswer() // the answer is lost
  }
  const start = () => new Queue<Visit>(shelf, send, asProblem)
  let q = start()
  const logged = new Set<string>()
  for (let n = 0; n < 12; n++) {
    const entry = { id: `v${n}`, key: `k${n}`, body: { n }, title: '', at: '', owner: 'doctor' }
    // A double tap; where the page was told that it did not work, the doctor taps again.
    for (let saved = false; !saved; ) {
      const taps = await Promise.allSettled([q.add(entry), q.add(entry)])
      saved = taps.some((x) => x.status === 'fulfilled')
      if (!saved) q = start()
    }
    logged.add(entry.key)
    if (roll(3) === 0) await Promise.allSettled([q.sendAll('doctor'), q.sendAll('doctor')])
    if (roll(4) === 0) q = start() // killed and opened again
  }
  calm = true
  q = start()
  await q.sendAll('doctor')
  return { left: await q.all(), arrived, logged }
}

it('loses no visit and doubles none, whatever order the mishaps come in', async () => {
  for (let seed = 0; seed < 300; seed++) {
    const { left, arrived, logged } = await week(seed)
    expect(left, `seed ${seed}`).toEqual([])
    expect([...arrived.keys()].sort(), `seed ${seed}`).toEqual([...logged].sort())
    for (const bodies of arrived.values()) expect(bodies, `seed ${seed}`).toHaveLength(1)
  }
})
