import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { link, soft, tag } from '@/cases/shown'
import { addDays, instant, thisDay, today } from '@/common/format'
import { me } from '@/session/session'
import { t } from '@/texts'

// Periods in which doctors receive people.

export default defineCase('/api/v1/schedules', '/api/v1/schedules/{id}', '/api/v1/schedules/{id}/move', {
  at: '/schedules',
  title: 'schedule.title',
  empty: 'schedule.empty',
  name: (x) => `${x.on} ${x.from}–${x.to} ${x.doctor_name}`,
  tone: (x) => (x.status === 'open' ? 'good' : 'danger'),
  // The server wants to know whose: the own team, or the own institution.
  base: (chosen) => (chosen.team_id || chosen.institution_id ? {} : me.value?.teams?.length ? { team_id: me.value.teams[0]?.id } : { institution_id: me.value?.institution?.id }),
  filters: [
    { key: 'team_id', kind: 'team', label: 'case.team' },
    { key: 'institution_id', kind: 'institution', label: 'schedule.inst' },
    { key: 'kind', kind: 'choice', label: 'desk.anyKind', options: optionsOf('schedule.kinds', ['normal', 'expert', 'tidal']) },
    { key: 'from', kind: 'day', label: 'schedule.dateFrom' },
    { key: 'to', kind: 'day', label: 'schedule.dateTo' },
  ],
  columns: [
    { label: 'schedule.on', show: (x) => `${x.on} ${x.from}–${x.to}` },
    { label: 'schedule.doctor', show: (x) => [{ text: x.doctor_name }, soft(x.doctor_title ?? '')] },
    { label: 'schedule.kind', show: (x) => tag(x.kind_label, 'brand') },
    { label: 'schedule.seats', show: (x) => t('desk.free', { n: x.free, of: x.seats }) },
    { label: 'schedule.held', show: (x) => (x.signed_held || x.referral_held ? t('desk.held', { s: x.signed_held, r: x.referral_held }) : ''), opt: true },
    { label: 'case.team', show: (x) => x.team_name ?? x.institution_name, opt: true },
  ],
  cards: [{
    title: 'schedule.facts',
    facts: (x) => [
      { label: 'schedule.doctor', value: [{ text: x.doctor_name }, soft(x.doctor_title ?? '')] },
      { label: 'case.team', value: [{ text: x.institution_name }, { text: x.team_name ?? '' }] },
      { label: 'schedule.hours', value: `${x.on} ${x.from}–${x.to}` },
      { label: 'schedule.kind', value: x.kind_label },
      { label: 'schedule.seats', value: t('desk.free', { n: x.free, of: x.seats }) },
      { label: 'schedule.signedQuota', value: x.signed_quota || '' },
      { label: 'schedule.referralQuota', value: x.referral_quota || '' },
      { label: 'schedule.heldUntil', value: x.signed_quota || x.referral_quota ? instant(x.held_until) : '' },
      { label: 'schedule.slots', value: x.slots.map((s) => tag(s.free > 0 ? t('desk.slot', { from: s.from, n: s.free }) : t('desk.full', { from: s.from }), s.free > 0 ? 'plain' : 'warn')) },
      { label: 'desk.title', value: link(t('schedule.appointments'), '/desk?on=' + x.on) },
    ],
  }],
  moves: { withdraw: { what: 'schedule.withdrawWhat', danger: true, fields: [{ key: 'reason', kind: 'text', max: 100, label: 'case.reason', required: true, wide: true }] } },
  also: ['/api/v1/appointments'],
  opening: {
    path: '/api/v1/schedules', permission: 'schedule.write', label: 'schedule.new', what: 'schedule.newWhat', done: 'schedule.made',
    fields: [
      { key: 'team_id', kind: 'team', label: 'case.team', initial: () => me.value?.teams?.[0]?.id },
      { key: 'doctor_id', kind: 'staff', label: 'schedule.doctor', required: true, team: (v) => (typeof v.team_id === 'string' ? v.team_id : undefined) },
      { key: 'kind', kind: 'choice', label: 'schedule.kind', required: true, options: optionsOf('schedule.kinds', ['normal', 'expert', 'tidal']), initial: () => 'normal' },
      { key: 'on', kind: 'day', label: 'schedule.repeatFrom', required: true, from: thisDay, initial: () => addDays(today(), 1) },
      { key: 'from', kind: 'time', label: 'schedule.from', required: true, initial: () => '08:30' },
      { key: 'to', kind: 'time', label: 'schedule.to', required: true, initial: () => '11:30' },
      { key: 'slot_minutes', kind: 'number', min: 1, max: 10, label: 'schedule.slotMinutes', initial: () => '10' },
      { key: 'capacity', kind: 'number', min: 1, max: 20, label: 'schedule.capacity', initial: () => '1' },
      { key: 'signed_quota', kind: 'number', min: 0, max: 500, label: 'schedule.signedQuota', initial: () => '0' },
      { key: 'referral_quota', kind: 'number', min: 0, max: 500, label: 'schedule.referralQuota', initial: () => '0' },
      { key: 'hold_hours', kind: 'number', min: 0, max: 336, label: 'schedule.holdHours', initial: () => '48' },
      { key: 'until', kind: 'day', label: 'schedule.until', from: thisDay },
      { key: 'weekdays', kind: 'many', number: true, label: 'schedule.weekdays', options: optionsOf('schedule.days', ['1', '2', '3', '4', '5', '6', '7']) },
    ],
  },
})
