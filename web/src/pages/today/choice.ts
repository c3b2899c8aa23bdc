import type { GetParams } from '@/api/client'

type Query = NonNullable<NonNullable<GetParams<'/api/v1/tasks'>>['query']>

/** What the person chose to see of the work list. */
export interface TaskChoice {
  state: '' | 'due' | 'overdue' | 'upcoming'
  program: string
  kind: '' | NonNullable<Query['kind']>
  village_id: string | undefined
  who: string // '', 'me', 'none', or the id of a member
}

/** The same as a question to the server. */
export function choiceOf(c: TaskChoice, me: string | undefined): Query {
  return {
    ...(c.state ? { state: c.state } : {}),
    ...(c.program ? { program: c.program } : {}),
    ...(c.kind ? { kind: c.kind } : {}),
    ...(c.village_id ? { village_id: c.village_id } : {}),
    ...(c.who === 'none' ? { unassigned: true } : c.who === 'me' ? { staff_id: me ?? '' } : c.who ? { staff_id: c.who } : {}),
  }
}
