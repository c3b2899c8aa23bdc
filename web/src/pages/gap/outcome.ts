import type { components } from '@/api/schema'

export type GapItem = components['schemas']['GapItem']

/** What can come of speaking to somebody about signing. */
export const outcomes = ['will_sign', 'thinking', 'refused', 'not_reached', 'away'] as const
export type Outcome = (typeof outcomes)[number]
