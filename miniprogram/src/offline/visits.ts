import { ref } from 'vue'
import { api, type Body } from '@/api/client'
import { asProblem } from '@/api/problem'
import { isStaff, me, signedIn } from '@/session/session'
import { kept } from '@/session/store'
import { sealer } from './key'
import { Queue, type Waiting } from './queue'

/** A follow-up as POST /followups takes it. */
export type Visit = Body<'post', '/followups'>

/** What waits on this phone, for the pages. */
export const waiting = ref<Waiting<Visit>[]>([])

const shelf = {
  async read(): Promise<Waiting<Visit>[]> {
    const sealed = kept.get<string>('visits')
    return sealed ? (JSON.parse(await (await sealer()).open(sealed)) as Waiting<Visit>[]) : []
  },
  async write(all: Waiting<Visit>[]) {
    kept.set('visits', await (await sealer()).seal(JSON.stringify(all)))
  },
}

/** The visits that wait for signal. */
export const visits = new Queue<Visit>(
  shelf,
  async (e) => void (await api.post('/followups', e.body, { key: e.key })),
  asProblem,
  (all) => (waiting.value = all),
)

/** The account whose session may send. */
export const owner = () => me.value?.account_id ?? ''

/** Shows what waits. */
export const loadWaiting = async () => void (waiting.value = await visits.all())

/** Sends what waits, when a member of staff is signed in; returns how many went. */
export async function sendWaiting(): Promise<number> {
  if (!signedIn.value || !isStaff.value) return 0
  return visits.sendAll(owner())
}
