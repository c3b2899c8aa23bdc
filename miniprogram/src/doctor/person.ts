import { api } from '@/api/client'
import { asProblem } from '@/api/problem'
import { savedWork } from '@/offline/saved'
import { isPhoto, visits } from '@/offline/visits'

/** Whom a visit is logged for. Birth date and sex are known where there is signal. */
export interface Visited {
  id: string
  name: string
  birthDate?: string
  sex?: string
}

/** Finds a person by id, without signal among what the phone keeps: names never stand in addresses. */
export async function visited(id: string): Promise<Visited> {
  try {
    const r = await api.get('/residents/{id}', { path: { id } })
    return { id, name: r.name, birthDate: r.birth_date, sex: r.sex }
  } catch (e) {
    if (asProblem(e).status !== 0) throw e
    const task = (await savedWork()).tasks.find((x) => x.resident_id === id)
    const waits = (await visits.all()).find(({ body }) => !isPhoto(body) && body.resident_id === id)
    return { id, name: task?.resident_name ?? waits?.title.split(' · ')[0] ?? '' }
  }
}
