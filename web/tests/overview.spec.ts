import { choose, expect, signIn, sound, soundAtBothSizes, test } from './help'

test('from the district down to the village, and from a number to its people', async ({ page }) => {
  await signIn(page, 'district', '/overview')
  const ranking = page.locator('section').filter({ has: page.getByRole('heading', { name: /下级排名/ }) })
  await expect(ranking.getByRole('row').nth(10)).toBeVisible() // ten institutions with teams, and those that other tests found
  await expect(page.locator('canvas')).toBeVisible()
  await soundAtBothSizes(page)
  await ranking.getByRole('button', { name: '红萼社区医院' }).click()
  await expect(page.getByRole('heading', { name: '团队 · 下级排名' })).toBeVisible()
  await sound(page)
  await ranking.getByRole('button').first().click()
  await expect(page.getByRole('heading', { name: '村(居) · 下级排名' })).toBeVisible()
  const link = ranking.getByRole('row').nth(1).getByRole('link').first()
  const n = Number((await link.innerText()).replace(',', ''))
  await link.click()
  await expect(page.getByText(`数字为 ${n},`)).toBeVisible()
  await expect(page.locator('table.grid tbody tr')).toHaveCount(Math.min(n, 50))
  await soundAtBothSizes(page)
})

test('a lead begins at the own team, and another population is one choice away', async ({ page }) => {
  await signIn(page, 'lead001', '/overview')
  await expect(page.getByRole('navigation', { name: '所在范围' }).locator('strong')).toContainText('团队')
  await choose(page, '人群', '重点人群')
  await expect(page.getByText('重点人群签约率')).toBeVisible()
})
