import { ref } from 'vue'
import { api, type Body } from '@/api/client'
import { uploadPicture } from '@/api/picture'
import { asProblem, Problem } from '@/api/problem'
import { isStaff, me, signedIn } from '@/session/session'
import { kept } from '@/session/store'
import { t } from '@/texts/zh-CN'
import { sealer } from './key'
import { keepPhotos, openPhoto, sweepPhotos, type Photo } from './photos'
import { Queue, type Waiting } from './queue'

/** A follow-up as POST /followups takes it. */
export type Visit = Body<'post', '/followups'>
/** A photograph of a visit that the server has. */
export interface VisitPhoto {
  visit: string
  photo: string
}
/** What waits: a visit with the keys of its photographs, then each of those by itself. */
export type Job = (Visit & { photos?: string[] }) | VisitPhoto

export const isPhoto = (job: Job): job is VisitPhoto => 'photo' in job

/** What waits on this phone, for the pages. */
export const waiting = ref<Waiting<Job>[]>([])

const shelf = {
  async read(): Promise<Waiting<Job>[]> {
    const sealed = kept.get<string>('visits')
    return sealed ? (JSON.parse(await (await sealer()).open(sealed)) as Waiting<Job>[]) : []
  },
  async write(all: Waiting<Job>[]) {
    kept.set('visits', await (await sealer()).seal(JSON.stringify(all)))
  },
}

/** Sends a visit, whose photographs then follow under the keys they were taken with, or one of those. */
export async function sendJob(e: Waiting<Job>): Promise<Waiting<Job>[]> {
  const job = e.body
  if (isPhoto(job)) {
    const picture = await openPhoto(job.photo)
    if (!picture) throw new Problem(422, 'photo_gone', t.doctor.photoGone)
    await uploadPicture(`/followups/${job.visit}/photos`, picture, e.key)
    return []
  }
  const { photos = [], ...visit } = job
  const { id } = await api.post('/followups', visit as Visit, { key: e.key })
  return photos.map((photo, i) => ({ id: photo, key: photo, body: { visit: id, photo }, title: `${e.title} · ${t.doctor.photoN(i + 1)}`, at: e.at, owner: e.owner }))
}

/** The visits that wait for signal. */
export const visits = new Queue<Job>(shelf, sendJob, asProblem, (all) => (waiting.value = all))

const named = async () => (await visits.all()).flatMap(({ body }) => (isPhoto(body) ? [body.photo] : (body.photos ?? [])))

/** Puts a visit on the queue with its photographs, or in the place of the refused one. */
export async function saveVisit(entry: Waiting<Visit>, photos: Photo[], refused?: string): Promise<void> {
  const release = await keepPhotos(photos)
  const body: Job = photos.length ? { ...entry.body, photos: photos.map((p) => p.key) } : entry.body
  try {
    await (refused ? visits.correct(refused, body, entry.key) : visits.add({ ...entry, body }))
  } finally {
    release()
  }
}

/** Throws away what was not sent. */
export async function dropJob(id: string): Promise<void> {
  await visits.drop(id)
  await sweepPhotos(named)
}

/** The account whose session may send. */
export const owner = () => me.value?.account_id ?? ''

/** Shows what waits. */
export const loadWaiting = async () => void (waiting.value = await visits.all())

/** Sends what waits, when a member of staff is signed in; returns how many went. */
export async function sendWaiting(): Promise<number> {
  if (!signedIn.value || !isStaff.value) return 0
  const sent = await visits.sendAll(owner())
  await sweepPhotos(named)
  return sent
}
