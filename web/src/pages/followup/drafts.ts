import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Values } from './form'

/**
 * A visit that is not handed in yet. It outlives the tab and the network, on this machine
 * only, for the account that wrote it. "sending" is what was sent and not answered: it may
 * have arrived, so exactly that is sent again, with the same key, until there is an answer.
 */
export interface Draft {
  id: string // account:resident
  account: string
  visitedOn: string
  visitWay: number
  programs: string[]
  forms: Record<string, Values>
  services: string[]
  savedAt: string
  sending?: { key: string; body: string }
}

interface Schema extends DBSchema {
  drafts: { key: string; value: Draft }
}

const keptFor = 7 * 86_400_000 // milliseconds

let db: Promise<IDBPDatabase<Schema>> | undefined
function open(): Promise<IDBPDatabase<Schema>> {
  db ??= openDB<Schema>('jiayi', 1, { upgrade: (d) => { d.createObjectStore('drafts', { keyPath: 'id' }) } })
  return db
}

export function draftId(account: string, resident: string): string {
  return `${account}:${resident}`
}

export async function loadDraft(id: string): Promise<Draft | undefined> {
  const all = await (await open()).getAll('drafts')
  await Promise.all(all.filter((d) => Date.now() - Date.parse(d.savedAt) > keptFor && !d.sending).map((d) => dropDraft(d.id)))
  return (await open()).get('drafts', id)
}

export async function saveDraft(d: Draft): Promise<void> {
  await (await open()).put('drafts', JSON.parse(JSON.stringify(d)) as Draft)
}

export async function dropDraft(id: string): Promise<void> {
  await (await open()).delete('drafts', id)
}
