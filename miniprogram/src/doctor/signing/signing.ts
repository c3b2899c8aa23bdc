import { api, type Body } from '@/api/client'
import type { Guardian, Of } from '@/api/types'

/** One member of a household as a signing on site sees it. */
export interface Signer {
  resident: Of<'ResidentPage'>
  /** Has a contract, or one that waits: cannot sign another. */
  held: boolean
  /** Who signs in place of a minor or of one who cannot; nobody where the person does. */
  guardian?: Guardian
  chosen: string[]
  /** Which paper the doctor has held against the file. */
  identity?: 'card' | 'other'
  signature: string
}

/** From this age on people sign for themselves. */
const ageOfConsent = 18

/** Why a person cannot sign now, as a key of the texts. */
export function hindrance(s: Signer): 'held' | 'noGuardian' | undefined {
  if (s.held) return 'held'
  return s.resident.age < ageOfConsent && !s.guardian ? 'noGuardian' : undefined
}

/** Loads a person and the household, the person first. */
export async function loadSigners(id: string): Promise<Signer[]> {
  const first = await api.get('/residents/{id}', { path: { id } })
  const house = first.household_id ? ((await api.get('/residents', { query: { household_id: first.household_id, limit: 30 } })).items ?? []) : []
  const others = await Promise.all(house.filter((r) => r.id !== id).map((r) => api.get('/residents/{id}', { path: { id: r.id } })))
  return Promise.all([first, ...others].map(signerOf))
}

async function signerOf(resident: Of<'ResidentPage'>): Promise<Signer> {
  const [contracts, guardians] = await Promise.all([
    api.get('/contracts', { query: { resident_id: resident.id } }),
    resident.age < ageOfConsent ? api.get('/residents/{id}/guardians', { path: { id: resident.id } }) : undefined,
  ])
  const held = (contracts.items ?? []).some((c) => c.status === 'active' || c.status === 'applied' || c.status === 'offered')
  return { resident, held, guardian: guardians?.items?.[0], chosen: [], signature: '' }
}

/** What one member's part is sent as. */
const part = (s: Signer) => ({ resident_id: s.resident.id, package_ids: s.chosen, signature: s.signature, ...(s.identity ? { identity_check: s.identity } : {}), ...(s.guardian ? { signer_id: s.guardian.guardian_id } : {}) })

/** Signs one person alone, a family together: everyone or nobody. */
export async function signOnSite(signers: Signer[], teamId: string, years: number, key: string): Promise<Of<'Contract'>[]> {
  const common = { team_id: teamId, term_years: years }
  const [first] = signers
  if (!first) return []
  if (signers.length === 1) return [await api.post('/contracts', { ...common, ...part(first) }, { key })]
  const body: Body<'post', '/household-signings'> = { ...common, household_id: first.resident.household_id ?? '', representative_id: first.resident.id, members: signers.map(part) }
  return (await api.post('/household-signings', body, { key })).contracts
}

/** What the server said about one member: members[1].signature of a household, signature of one alone. */
export function errorOf(fields: Record<string, string>, index: number): string | undefined {
  const own = Object.entries(fields).find(([k]) => k.startsWith(`members[${index}]`) || (index === 0 && ['signature', 'signer_id', 'resident_id'].includes(k)))
  return own?.[1]
}
