import type { PostBody } from '@/api/client'

export type Ask = PostBody<'/api/v1/exports'>
export const kinds = ['residents', 'contracts', 'followups', 'tasks', 'gap'] as const // those not begun from a figure
export const statuses = ['requested', 'ready', 'refused', 'cancelled', 'expired'] as const
export const tones = { requested: 'warn', ready: 'good', refused: 'danger', cancelled: 'plain', expired: 'plain' } as const
export const mostDownloads = 3
