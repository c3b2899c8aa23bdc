import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { soft } from '@/cases/shown'
import { thisDay } from '@/common/format'
import { me } from '@/session/session'
import SessionTable from './SessionTable.vue'

// Links of teams with partner units, and the sessions of their experts.

export default defineCase('/api/v1/partner-links', '/api/v1/partner-links/{id}', '/api/v1/partner-links/{id}/move', {
  at: '/partner-links',
  title: 'partner.title',
  empty: 'partner.empty',
  name: (x) => `${x.team_name} — ${x.partner_name}`,
  tone: (x) => (x.status === 'active' ? 'good' : 'plain'),
  filters: [
    { key: 'status', kind: 'choice', label: 'case.anyState', options: optionsOf('partner.state', ['active', 'ended']) },
    { key: 'team_id', kind: 'team', label: 'case.anyTeam' },
  ],
  columns: [
    { label: 'case.team', show: (x) => x.team_name },
    { label: 'partner.unit', show: (x) => x.partner_name },
    { label: 'partner.scope', show: (x) => x.scope, opt: true },
    { label: 'partner.frequency', show: (x) => x.frequency },
    { label: 'partner.begin', show: (x) => [soft(x.begin)], opt: true },
  ],
  cards: [{
    title: 'partner.facts',
    facts: (x) => [
      { label: 'case.team', value: x.team_name }, { label: 'partner.unit', value: x.partner_name }, { label: 'partner.scope', value: x.scope }, { label: 'partner.frequency', value: x.frequency },
      { label: 'partner.expert', value: x.lead_expert }, { label: 'partner.begin', value: x.begin }, { label: 'partner.end', value: x.end },
    ],
  }],
  moves: {
    end: { what: 'partner.endWhat', danger: true, fields: [{ key: 'on', kind: 'day', label: 'partner.lastDay', required: true, to: thisDay, initial: thisDay }, { key: 'reason', kind: 'area', max: 200, label: 'case.reason', required: true }] },
    resume: { what: 'partner.resumeWhat', first: true, fields: [{ key: 'on', kind: 'day', label: 'partner.firstDay', required: true, initial: thisDay }] },
  },
  extra: SessionTable,
  opening: {
    path: '/api/v1/partner-links', permission: 'partner.write', label: 'partner.new', what: 'partner.newWhat', done: 'partner.made',
    fields: [
      { key: 'team_id', kind: 'team', label: 'case.team', required: true, initial: () => me.value?.teams?.[0]?.id },
      { key: 'partner_id', kind: 'partner', label: 'partner.unit', required: true },
      { key: 'scope', kind: 'text', max: 60, label: 'partner.scope', required: true },
      { key: 'frequency', kind: 'text', max: 16, label: 'partner.frequency', required: true, hint: 'partner.frequencyHint' },
      { key: 'lead_expert', kind: 'text', max: 50, label: 'partner.expert', required: true },
      { key: 'begin', kind: 'day', label: 'partner.begin', required: true, initial: thisDay },
    ],
  },
})
