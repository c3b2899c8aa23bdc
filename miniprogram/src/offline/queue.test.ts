import { describe, expect, it } from 'vitest'
import { asProblem, noAnswer, Problem } from '@/api/problem'
import { Queue, type Shelf, type Waiting } from './queue'

type Visit = { sbp: number }

/** The disk of a phone: it keeps text, so that nothing is shared by accident. */
class Disk implements Shelf<Visit> {
  text = '[]'
  failing = false
  read = () => Promise.resolve(JSON.parse(this.text) as Waiting<Visit>[])
  write = (all: Waiting<Visit>[]) => (this.failing ? Promise.reject(new Error('full')) : Promise.resolve(void (this.text = JSON.stringify(all))))
}

/** A server that counts by key, as the real one does. */
class Server {
  visits = new Map<string, Visit>()
  calls = 0
  /** What happens to the next calls: the answer is lost, the request is lost, or it refuses. */
  fate: ('lost-answer' | 'lost-request' | Problem)[] = []
  accept = async (e: Waiting<Visit>) => {
    this.calls++
    await Promise.resolve()
    const fate = this.fate.shift()
    if (fate === 'lost-request') throw noAnswer()
    if (fate instanceof Problem) throw fate
    this.visits.set(e.key, e.body)
    if (fate === 'lost-answer') throw noAnswer()
  }
}

const visit = (n: number, owner = 'doctor'): Waiting<Visit> => ({ id: `v${n}`, key: `k${n}`, body: { sbp: 100 + n }, title: '', at: '', owner })
const start = (disk: Disk, server: Server) => new Queue<Visit>(disk, server.accept, asProblem)

describe('the queue of visits without signal', () => {
  it('sends each visit once, in order', async () => {
    const disk = new Disk(), server = new Server(), q = start(disk, server)
    for (const n of [1, 2, 3]) await q.add(visit(n))
    expect(await q.sendAll('doctor')).toBe(3)
    expect([...server.visits.keys()]).toEqual(['k1', 'k2', 'k3'])
    expect(await q.all()).toEqual([])
  })

  it('repeats a visit whose answer was lost with the same key', async () => {
    const disk = new Disk(), server = new Server(), q = start(disk, server)
    await q.add(visit(1))
    server.fate = ['lost-answer', 'lost-request']
    await q.sendAll('doctor')
    expect(await q.all()).toHaveLength(1)
    await q.sendAll('doctor')
    await q.sendAll('doctor')
    expect(await q.all()).toEqual([])
    expect(server.visits.size).toBe(1)
    expect(server.calls).toBe(3)
  })

  it('takes a double tap for one visit, and two sendings at once for one', async () => {
    const disk = new Disk(), server = new Server(), q = start(disk, server)
    await Promise.all([q.add(visit(1)), q.add(visit(1)), q.add(visit(2))])
    await Promise.all([q.sendAll('doctor'), q.sendAll('doctor'), q.sendAll('doctor')])
    expect(server.calls).toBe(2)
    expect(await q.all()).toEqual([])
  })

  it('loses nothing that is added while it sends', async () => {
    const disk = new Disk(), server = new Server(), q = start(disk, server)
    await q.add(visit(1))
    await Promise.all([q.sendAll('doctor'), q.add(visit(2))])
    await q.sendAll('doctor')
    expect([...server.visits.keys()].sort()).toEqual(['k1', 'k2'])
  })

  it('goes on after the app was killed at any point', async () => {
    const disk = new Disk(), server = new Server()
    await start(disk, server).add(visit(1))
    // Killed after the server had it, before the phone knew: the disk still has it.
    disk.failing = true
    await expect(start(disk, server).sendAll('doctor')).rejects.toThrow('full')
    disk.failing = false
    expect(server.visits.size).toBe(1)
    const again = start(disk, server)
    expect(await again.all()).toHaveLength(1)
    await again.sendAll('doctor')
    expect(server.visits.size).toBe(1)
    expect(await again.all()).toEqual([])
  })

  it('says when the disk did not take a visit', async () => {
    const disk = new Disk(), server = new Server(), q = start(disk, server)
    disk.failing = true
    await expect(q.add(visit(1))).rejects.toThrow('full')
  })

  it('waits for a new sign-in when the token has expired, and for its owner', async () => {
    const disk = new Disk(), server = new Server(), q = start(disk, server)
    await q.add(visit(1))
    await q.add(visit(2))
    server.fate = [new Problem(401, 'unauthenticated', '请重新登录')]
    await q.sendAll('doctor')
    expect(await q.all()).toHaveLength(2)
    expect(server.calls).toBe(1)
    await q.sendAll('somebody else')
    expect(server.calls).toBe(1)
    await q.sendAll('doctor')
    expect(server.visits.size).toBe(2)
  })

  it('keeps a refused visit with what is wrong by field, sends the others, and sends it corrected', async () => {
    const disk = new Disk(), server = new Server(), q = start(disk, server)
    await q.add(visit(1))
    await q.add(visit(2))
    server.fate = [new Problem(422, 'invalid', '请检查', { 'forms.hypertension.sbp': '过高' })]
    expect(await q.sendAll('doctor')).toBe(1)
    const [left] = await q.all()
    expect(left).toMatchObject({ id: 'v1', refused: { fields: { 'forms.hypertension.sbp': '过高' } } })
    await q.sendAll('doctor')
    expect(server.calls).toBe(2)
    await q.correct('v1', { sbp: 150 }, 'k1b')
    await q.sendAll('doctor')
    expect(server.visits.get('k1b')).toEqual({ sbp: 150 })
    expect(await q.all()).toEqual([])
  })
})
