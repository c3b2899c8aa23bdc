export const tones = { draft: 'warn', closed: 'good', discarded: 'plain' } as const
