import type { Form, Task } from '@/api/types'
import { kept } from '@/session/store'
import { owner } from './visits'
import { sealer } from './key'

interface Saved {
  tasks: Task[]
  forms: Record<string, Form>
}

const name = () => `work.${owner()}`

/** What a doctor needs at a doorstep without signal, sealed like the visits. */
export async function savedWork(): Promise<Saved> {
  const sealed = kept.get<string>(name())
  return sealed ? (JSON.parse(await (await sealer()).open(sealed)) as Saved) : { tasks: [], forms: {} }
}

/** Keeps part of it. */
export async function saveWork(part: Partial<Saved>): Promise<void> {
  const old = await savedWork().catch(() => ({ tasks: [], forms: {} }))
  kept.set(name(), await (await sealer()).seal(JSON.stringify({ ...old, ...part, forms: { ...old.forms, ...part.forms } })))
}
