import type { components } from '@/api/schema'

// What signing on site is about: the people who sign, and what each of them has done so far.

export type Resident = components['schemas']['Resident']
export type Package = components['schemas']['Package']

export const adult = 18

/** One person who signs. */
export interface Party {
  resident: Resident
  joins: boolean // of a household: takes part
  checked: '' | 'card' | 'other' // which paper was held against the file; kept with the agreement
  packages: string[] // beside the base package
  signer: string // a guardian; "" for the person
  read: boolean
  signature: string | undefined
}

export const partyOf = (resident: Resident, joins: boolean): Party => ({ resident, joins: joins && !resident.signed && resident.status === 'living', checked: '', packages: [], signer: '', read: false, signature: undefined })

/** The packages that may be chosen for a person, those of the own populations. */
export function suited(all: readonly Package[], r: Resident): Package[] {
  const of = new Set(r.populations.map((x) => x.code))
  return all.filter((p) => p.active && (p.base || !p.population || of.has(p.population as never)))
}

/** What the person pays a year, in cents. */
export function ownCents(all: readonly Package[], chosen: readonly string[]): number {
  return all.filter((p) => p.base || chosen.includes(p.id)).reduce((sum, p) => sum + p.own_cents, 0)
}

export type Lack = 'needTeam' | 'needMember' | 'needCheck' | 'needSigner' | 'needRead' | 'needSign'

/** The first thing that is still to do before the people who join can sign; null when nothing is. */
export function lackOf(parties: readonly Party[], team: string | undefined, onSite: boolean): { lack: Lack; name: string } | null {
  const joining = parties.filter((p) => p.joins)
  if (!joining.length) return { lack: 'needMember', name: '' }
  if (!team) return { lack: 'needTeam', name: '' }
  for (const p of joining) {
    const name = p.resident.name
    if (!p.checked) return { lack: 'needCheck', name }
    if (p.resident.age < adult && !p.signer) return { lack: 'needSigner', name }
    if (!onSite) continue
    if (!p.read) return { lack: 'needRead', name }
    if (!p.signature) return { lack: 'needSign', name }
  }
  return null
}
