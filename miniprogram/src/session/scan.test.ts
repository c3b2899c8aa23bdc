import { expect, it } from 'vitest'
import { pageOf, teamOf } from './scan'

it('knows the codes of teams and of events, and nothing else', () => {
  expect(pageOf('resident/find-team/find-team?scene=team-12')).toBe('/resident/team/team?id=12')
  expect(pageOf('resident/find-team/find-team?scene=team%2D12')).toBe('/resident/team/team?id=12')
  expect(pageOf('https://example.test/m/#/resident/check-in/check-in?scene=Ab3_x')).toBe('/resident/check-in/check-in?scene=Ab3_x')
  expect(pageOf('https://example.test/')).toBeUndefined()
  for (const wrong of ['team-', 'team-1&id=2', 'team-1x', '12']) expect(teamOf(wrong)).toBeUndefined()
})
