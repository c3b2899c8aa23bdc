import { optionsOf } from '@/cases/options'
import type { Field } from '@/cases/fields'
import type { MoveForm } from '@/cases/case'
import type { components } from '@/api/schema'

// Contracts as a case: they have their own history and a path a move.

export type Contract = components['schemas']['ContractPage']

const reason: Field = { key: 'reason', kind: 'area', max: 100, label: 'case.reason', required: true }
const signed: Field[] = [{ key: 'term_years', kind: 'choice', number: true, label: 'sign.years', required: true, options: ['1', '2', '3'].map((n) => ({ value: n, label: `${n} 年` })), initial: () => '1' }, { key: 'identity_check', kind: 'choice', label: 'contract.identity', required: true, options: optionsOf('contract.identities', ['card', 'other']) }, { key: 'signature', kind: 'signature', label: 'contract.signature', required: true }]

/** What each move of a contract says and asks. */
export const moves: Record<string, MoveForm<Contract>> = {
  accept: { what: 'contract.acceptWhat', first: true, path: '/api/v1/contracts/{id}/accept' },
  reject: { what: 'contract.rejectWhat', danger: true, path: '/api/v1/contracts/{id}/reject', fields: [reason] },
  cancel: { what: 'contract.cancelWhat', danger: true, path: '/api/v1/contracts/{id}/cancel', fields: [{ ...reason, required: false }] },
  renew: { what: 'contract.renewWhat', first: true, path: '/api/v1/contracts/{id}/renew', fields: signed },
  transfer: { what: 'contract.transferWhat', path: '/api/v1/contracts/{id}/transfer', fields: [{ key: 'team_id', kind: 'team', label: 'contract.newTeam', required: true, wide: true }, ...signed] },
  terminate: {
    what: 'contract.terminateWhat', danger: true, path: '/api/v1/contracts/{id}/terminate',
    fields: [{ key: 'reason', kind: 'choice', label: 'contract.reason', required: true, options: optionsOf('contract.reasons', ['04', '02', '01', '06', '07', '08', '99']) }, { key: 'note', kind: 'area', max: 100, label: 'contract.note' }],
  },
  settle: {
    what: 'contract.settleWhat', danger: true, path: '/api/v1/contracts/{id}/settle-dispute',
    fields: [{ key: 'outcome', kind: 'choice', label: 'contract.outcome', required: true, options: optionsOf('contract.outcomes', ['upheld', 'dismissed']) }, { key: 'finding', kind: 'area', max: 100, label: 'contract.finding', required: true }],
  },
}
