import { optionsOf } from '@/cases/options'
import { thisDay, today } from '@/common/format'
import { me } from '@/session/session'
import type { Field } from '@/cases/fields'
import type { components } from '@/api/schema'

type Event = components['schemas']['CommunityEventDetail']

/** What is planned of an event: the same for a new one and one that is changed. */
export function planFields(): Field[] {
  return [
    { key: 'title', kind: 'text', max: 60, label: 'event.name', required: true, initial: (x: Event | null) => x?.title },
    { key: 'kind', kind: 'choice', label: 'event.kind', required: true, options: optionsOf('event.kinds', ['signing', 'education', 'free_clinic']), initial: (x: Event | null) => x?.kind },
    { key: 'on', kind: 'day', label: 'event.on', required: true, from: thisDay, initial: (x: Event | null) => x?.on ?? today() },
    { key: 'place', kind: 'text', max: 60, label: 'event.place', required: true, initial: (x: Event | null) => x?.place },
    { key: 'services', kind: 'many', label: 'event.services', required: true, options: optionsOf('event.servicesOf', ['free_clinic', 'talk', 'signing']), initial: (x: Event | null) => x?.services.map((s) => s.code) ?? [] },
    { key: 'team_ids', kind: 'teams', label: 'event.teams', required: true, known: (x: Event | null) => x?.teams ?? me.value?.teams ?? [], initial: (x: Event | null) => (x?.teams ?? me.value?.teams ?? []).map((k) => k.id) },
  ]
}
