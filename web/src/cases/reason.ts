import type { CaseDetail, MoveForm } from './case'

/** What a move asks that the workbench knows nothing else of. */
export const reasonOnly: MoveForm<CaseDetail> = {
  what: 'case.reasonWhat',
  fields: [{ key: 'reason', kind: 'area', max: 100, label: 'case.reason' }],
}
