import { computed, ref } from 'vue'
import { useGet } from '@/api/query'
import { useInstitutions } from './institutions'

// What the pickers read: a few of many, by what is typed.

export interface Picked { id: string; name: string; note: string }

export function useResidents() {
  const q = ref('')
  const found = useGet('/api/v1/residents', () => ({ query: { q: q.value, limit: 10 } }), { enabled: computed(() => q.value !== ''), keep: true })
  return { q, busy: found.isFetching, list: computed<Picked[]>(() => (q.value ? (found.data.value?.items ?? []) : []).map((r) => ({ id: r.id, name: r.name, note: `${r.sex_label} ${r.age} ${r.id_number ?? ''}` }))) }
}

export function useTeams(institution?: () => string | undefined) {
  const q = ref('')
  const found = useGet('/api/v1/teams', () => ({ query: { limit: 50, ...(q.value ? { q: q.value } : {}), ...(institution?.() ? { institution_id: institution() } : {}) } }), { keep: true })
  return { q, busy: found.isFetching, list: computed<Picked[]>(() => (found.data.value?.items ?? []).map((x) => ({ id: x.id, name: x.name, note: '' }))) }
}

// Levels of the institutions that receive referrals and consults, and of those that hold teams.
const levels = {
  receives: ['lead_hospital', 'specialist', 'regional_subcentre', 'community_hospital', 'township'],
  teams: ['regional_subcentre', 'community_hospital', 'township', 'station'],
}

export function useInstitutionPick(kind?: keyof typeof levels) {
  const q = ref('')
  const { items, loading } = useInstitutions()
  return {
    q, busy: loading,
    list: computed<Picked[]>(() => items.value.filter((x) => (!kind || levels[kind].includes(x.level)) && x.name.includes(q.value)).map((x) => ({ id: x.id, name: x.name, note: x.level_label }))),
  }
}

export function usePartners() {
  const q = ref('')
  const found = useGet('/api/v1/partners', { query: { limit: 100 } })
  return { q, busy: found.isFetching, list: computed<Picked[]>(() => (found.data.value?.items ?? []).filter((x) => x.name.includes(q.value)).map((x) => ({ id: x.id, name: x.name, note: '' }))) }
}

/** The staff of an institution, or the members of a team. */
export function useStaff(team: () => string | undefined, institution: () => string | undefined) {
  const q = ref('')
  const members = useGet('/api/v1/teams/{id}', () => ({ path: { id: team() ?? '' } }), { enabled: computed(() => !!team()) })
  const staff = useGet('/api/v1/staff', () => ({ query: { limit: 50, ...(q.value ? { q: q.value } : {}), ...(institution() ? { institution_id: institution() } : {}) } }), { enabled: computed(() => !team()), keep: true })
  return {
    q, busy: computed(() => members.isFetching.value || staff.isFetching.value),
    list: computed<Picked[]>(() => team()
      ? (members.data.value?.members ?? []).filter((m) => m.name.includes(q.value)).map((m) => ({ id: m.staff_id, name: m.name, note: m.role_label }))
      : (staff.data.value?.items ?? []).map((s) => ({ id: s.id, name: s.name, note: s.title ?? '' }))),
  }
}
