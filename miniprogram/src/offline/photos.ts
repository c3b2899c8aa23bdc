import { Problem } from '@/api/problem'
import { kept } from '@/session/store'
import { t } from '@/texts/zh-CN'
import { sealer } from './key'

/** A photograph of a visit as a data URL, under the key that it will be sent with. */
export interface Photo {
  key: string
  picture: string
}

/** As many wait on one phone: WeChat gives an app 10 MB, a browser about 5 million letters. */
export const mostPhotosWaiting = 12

const begin = 'photo.'
// Those of a visit that is being saved: no entry of the queue names them yet.
const held = new Set<string>()

const full = () => new Problem(422, 'photos_full', t.doctor.photosFull)

/** Keeps the photographs of a visit, sealed, or says that the phone is full. They are safe from sweepPhotos until released. */
export async function keepPhotos(photos: Photo[]): Promise<() => void> {
  for (const p of photos) held.add(p.key)
  const before = kept.names(begin)
  const release = () => photos.forEach((p) => held.delete(p.key))
  try {
    const others = before.filter((name) => !photos.some((p) => begin + p.key === name))
    if (photos.length && others.length + photos.length > mostPhotosWaiting) throw full()
    for (const p of photos) if (!before.includes(begin + p.key)) await keep(p)
  } catch (e) {
    for (const p of photos) if (!before.includes(begin + p.key)) kept.drop(begin + p.key)
    release()
    throw e
  }
  return release
}

async function keep(p: Photo) {
  const sealed = await (await sealer()).seal(p.picture)
  try {
    kept.set(begin + p.key, sealed)
  } catch {
    throw full()
  }
  if (kept.get<string>(begin + p.key) !== sealed) throw full() // a storage that swallows what it cannot hold
}

/** A photograph that waits; undefined where it is gone. */
export async function openPhoto(key: string): Promise<string | undefined> {
  const sealed = kept.get<string>(begin + key)
  return sealed ? (await sealer()).open(sealed).catch(() => undefined) : undefined
}

/** Forgets the photographs that nothing on the queue names any more. */
export async function sweepPhotos(named: () => Promise<string[]>): Promise<void> {
  const there = kept.names(begin)
  const busy = new Set(held) // taken before the queue is read: what was saved meanwhile stands there
  const wanted = new Set(await named())
  for (const name of there) {
    const key = name.slice(begin.length)
    if (!busy.has(key) && !wanted.has(key)) kept.drop(name)
  }
}
