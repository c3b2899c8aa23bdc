import { defineCase } from '@/cases/case'
import { person, soft, tag, type Tone } from '@/cases/shown'
import { instant } from '@/common/format'
import { can } from '@/session/session'
import { t } from '@/texts'
import type { components } from '@/api/schema'

// One appointment; the list of a day is the desk.

type Item = components['schemas']['AppointmentItem']
export const tones: Record<Item['status'], Tone> = { booked: 'info', checked_in: 'warn', done: 'good', cancelled: 'plain', no_show: 'danger' }

export default defineCase('/api/v1/appointments', '/api/v1/appointments/{id}', '/api/v1/appointments/{id}/move', {
  at: '/desk',
  title: 'desk.title',
  empty: 'desk.empty',
  name: (x) => `${x.resident_name} ${instant(x.starts_at)}`,
  tone: (x) => tones[x.status],
  filters: [],
  columns: [],
  cards: [{
    title: 'desk.facts',
    facts: (x) => [
      { label: 'case.resident', value: [can('resident.read') ? person(x) : { text: x.resident_name }, soft(x.phone), x.signed && tag(t('desk.signed'), 'good')] },
      { label: 'desk.time', value: [{ text: instant(x.starts_at) }, x.seat ? soft(t('desk.seat', { n: x.seat })) : undefined] },
      { label: 'desk.doctor', value: x.doctor_name },
      { label: 'desk.place', value: [{ text: x.institution_name }, { text: x.team_name ?? '' }] },
      { label: 'desk.kind', value: x.kind_label },
      { label: 'desk.class', value: [{ text: x.class_label }, x.revisit && tag(t('desk.revisit'), 'info'), x.past_block && tag(t('desk.pastBlock'), 'warn')] },
      { label: 'desk.checkedAt', value: x.checked_in_at ? instant(x.checked_in_at) : '' },
    ],
  }],
  moves: {
    check_in: { what: 'desk.checkInWhat', first: true },
    complete: { what: 'desk.completeWhat', first: true },
    cancel: { what: 'desk.cancelWhat', danger: true, fields: [{ key: 'reason', kind: 'text', max: 100, label: 'case.reason', wide: true }] },
    no_show: { what: 'desk.noShowWhat', danger: true },
  },
  also: ['/api/v1/schedules'],
})
