export const statuses = ['open', 'accepted', 'voided'] as const
export const kinds = ['denied', 'busy_day', 'same_place', 'identical_values', 'after_death', 'after_moving_out', 'shared_phone', 'round_pressures', 'late_in_bulk'] as const
export const tones = { open: 'warn', accepted: 'good', voided: 'plain' } as const
