import { beforeEach, expect, it, vi } from 'vitest'
import { noAnswer, Problem } from '@/api/problem'
import { keepPhotos, mostPhotosWaiting, openPhoto, sweepPhotos } from './photos'
import { plainSealer } from './seal'
import { dropJob, isPhoto, saveVisit, sendWaiting, visits, type Visit } from './visits'
import type { Waiting } from './queue'

/** The storage of a phone, which can be full or fail. */
const disk = vi.hoisted(() => ({ had: new Map<string, string>(), most: Infinity, failing: false }))
vi.mock('@/session/store', () => ({
  kept: {
    get: (name: string) => disk.had.get(name),
    set: (name: string, v: string) => {
      if (disk.failing) throw new Error('killed')
      if ([...disk.had.values()].join('').length + v.length <= disk.most) disk.had.set(name, v) // else swallowed, as some do
    },
    drop: (name: string) => disk.had.delete(name),
    names: (begin: string) => [...disk.had.keys()].filter((k) => k.startsWith(begin)),
  },
}))
vi.mock('./key', () => ({ sealer: () => Promise.resolve(plainSealer(new Uint8Array(32).fill(7), (n) => Promise.resolve(crypto.getRandomValues(new Uint8Array(n))))) }))
vi.mock('@/session/session', () => ({ signedIn: { value: true }, isStaff: { value: true }, me: { value: { account_id: 'doctor' } } }))

type Fate = 'lost-answer' | 'lost-request' | Problem | 'killed'
/** A server that does a key once, as the real one does, and gives the first answer to every repeat. */
const server = vi.hoisted(() => ({ visits: new Map<string, unknown>(), photos: new Map<string, string>(), fate: [] as unknown[], calls: [] as string[] }))
async function answer<T>(call: string, doIt: () => T): Promise<T> {
  server.calls.push(call)
  await Promise.resolve()
  const fate = server.fate.shift() as Fate | undefined
  if (fate === 'lost-request') throw noAnswer()
  if (fate instanceof Problem) throw fate
  const done = doIt()
  if (fate === 'lost-answer') throw noAnswer()
  if (fate === 'killed') disk.failing = true // the answer came, and the phone never wrote that it did
  return done
}
vi.mock('@/api/client', () => ({
  api: {
    post: (_: string, body: unknown, o: { key: string }) => answer(`visit ${o.key}`, () => {
      if (!server.visits.has(o.key)) server.visits.set(o.key, body)
      return { id: `of-${o.key}` }
    }),
  },
}))
vi.mock('@/api/picture', () => ({
  uploadPicture: (path: string, picture: string, key: string) => answer(`photo ${key}`, () => void server.photos.set(key, `${path} ${picture}`)),
}))

const entry = (n: number): Waiting<Visit> => ({ id: `v${n}`, key: `v${n}`, body: { resident_id: `${n}` } as Visit, title: '', at: '', owner: 'doctor' })
const photo = (n: number, picture = `data:image/jpeg;base64,door${n}`) => ({ key: `p${n}`, picture })
const arrived = (...n: number[]) => n.map((i) => [`p${i}`, `/followups/of-v1/photos data:image/jpeg;base64,door${i}`])

beforeEach(() => {
  disk.had.clear()
  Object.assign(disk, { most: Infinity, failing: false })
  server.visits.clear()
  server.photos.clear()
  Object.assign(server, { fate: [], calls: [] })
})

it('sends the photographs after their visit, each once, and forgets them only then', async () => {
  await saveVisit(entry(1), [photo(1), photo(2)])
  expect(server.calls).toEqual([])
  await Promise.all([sendWaiting(), sendWaiting()])
  expect(server.calls).toEqual(['visit v1', 'photo p1', 'photo p2'])
  expect([...server.visits.values()]).toEqual([{ resident_id: '1' }]) // their keys stay on the phone
  expect([...server.photos]).toEqual(arrived(1, 2))
  expect(await visits.all()).toEqual([])
  expect([...disk.had.keys()]).toEqual(['visits'])
})

it('keeps nothing of a picture in clear', async () => {
  await saveVisit(entry(1), [photo(1)])
  for (const text of disk.had.values()) expect(text).not.toContain('door')
  expect(await openPhoto('p1')).toBe(photo(1).picture)
})

it('loses none and doubles none whatever answer is lost and wherever the app is killed', async () => {
  const fates: Fate[] = ['lost-answer', 'lost-request', 'killed', new Problem(401, 'unauthenticated', '请重新登录'), new Problem(503, 'unavailable', '请稍后再试')]
  for (const fate of fates) {
    for (const at of [0, 1, 2]) {
      disk.had.clear()
      server.visits.clear()
      server.photos.clear()
      server.fate = [...Array<undefined>(at), fate]
      await saveVisit(entry(1), [photo(1), photo(2)])
      await sendWaiting().catch(() => undefined)
      disk.failing = false
      expect((await visits.all()).length, `${String(fate)} at ${at}`).toBeGreaterThan(0)
      await sendWaiting()
      expect(await visits.all(), `${String(fate)} at ${at}`).toEqual([])
      expect(server.visits.size).toBe(1)
      expect([...server.photos], `${String(fate)} at ${at}`).toEqual(arrived(1, 2))
      expect([...disk.had.keys()]).toEqual(['visits'])
    }
  }
})

it('keeps a refused photograph with what was said, and sends the others', async () => {
  await saveVisit(entry(1), [photo(1), photo(2)])
  server.fate = [undefined, new Problem(409, 'too_late', '不能再附照片')]
  await sendWaiting()
  const [left] = await visits.all()
  expect(left).toMatchObject({ id: 'p1', refused: { message: '不能再附照片' } })
  expect([...server.photos]).toEqual(arrived(2))
  expect(disk.had.has('photo.p1')).toBe(true)
  await dropJob('p1')
  expect([...disk.had.keys()]).toEqual(['visits'])
})

it('sends the photographs of a refused visit with the corrected one', async () => {
  await saveVisit(entry(1), [photo(1), photo(2)])
  server.fate = [new Problem(422, 'invalid', '请检查')]
  await sendWaiting()
  expect(server.photos.size).toBe(0)
  expect(await openPhoto('p1')).toBe(photo(1).picture)
  await saveVisit({ ...entry(1), key: 'v1b', body: { resident_id: '2' } as Visit }, [photo(2), photo(3)], 'v1')
  await sendWaiting()
  expect([...server.photos.keys()]).toEqual(['p2', 'p3'])
  expect([...server.photos.values()][0]).toContain('/followups/of-v1b/photos')
  expect([...disk.had.keys()]).toEqual(['visits'])
})

it('does not wait for ever for a photograph that is gone', async () => {
  await saveVisit(entry(1), [photo(1), photo(2)])
  disk.had.delete('photo.p1')
  await sendWaiting()
  expect((await visits.all()).map((w) => [w.id, w.refused?.message])).toEqual([['p1', '手机里已没有这张照片']])
  expect([...server.photos.keys()]).toEqual(['p2'])
})

it('says in words that the phone is full, by number or by size, and keeps what was there', async () => {
  for (let n = 1; n <= mostPhotosWaiting; n++) await saveVisit(entry(n), [photo(n)])
  await expect(saveVisit(entry(99), [photo(99)])).rejects.toThrow('已满')
  expect(await visits.all()).toHaveLength(mostPhotosWaiting)
  await saveVisit(entry(99), []) // the visit itself is taken
  expect(await visits.all()).toHaveLength(mostPhotosWaiting + 1)
  for (const { body } of await visits.all()) if (!isPhoto(body)) for (const key of body.photos ?? []) expect(await openPhoto(key)).toBeDefined()

  await dropJob('v1')
  disk.most = [...disk.had.values()].join('').length + 100
  await expect(keepPhotos([photo(100, 'x'.repeat(200))])).rejects.toThrow('已满')
  expect(disk.had.has('photo.p100')).toBe(false)
})

it('sweeps what nothing names, and not what is being saved', async () => {
  const release = await keepPhotos([photo(1)])
  await sweepPhotos(() => Promise.resolve([]))
  expect(await openPhoto('p1')).toBeDefined()
  release()
  await sweepPhotos(() => Promise.resolve(['p1']))
  expect(await openPhoto('p1')).toBeDefined()
  await sweepPhotos(() => Promise.resolve([]))
  expect(await openPhoto('p1')).toBeUndefined()
})
