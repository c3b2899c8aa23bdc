export const tones = { planned: 'warn', done: 'good', cancelled: 'plain' } as const
