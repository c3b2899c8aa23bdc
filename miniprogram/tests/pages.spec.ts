import { expect, open, signIn, test } from './phone'
import type { Page } from '@playwright/test'

/** Pages of one person's data, where an acting daughter must always see for whom. */
const personal = ['find-team', 'team?id=1', 'contract', 'vital', 'vitals', 'followups', 'appointments', 'book', 'messages', 'referrals', 'home-service', 'refill', 'complaint', 'survey', 'check-in?scene=x', 'my-data', 'consents']
const where = (page: string) => `resident/${page.split('?')[0]}/${page}`

/** What can be tapped or typed into and has no name to read aloud, or is smaller than a finger. */
function unfit(page: Page, least: number) {
  return page.evaluate((min) => {
    const bad: string[] = []
    for (const e of Array.from(document.querySelectorAll<HTMLElement>('uni-button, [role=button], [role=switch], [role=radio], [role=checkbox], input, textarea'))) {
      const box = e.getBoundingClientRect()
      if (!box.width || !box.height) continue
      const typed = e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement
      const name = (e.getAttribute('aria-label') ?? (typed ? '' : e.innerText)).trim()
      const whole = typed ? (e.closest('uni-input, uni-textarea') ?? e).getBoundingClientRect() : box
      if (!name) bad.push(`no name: ${e.outerHTML.slice(0, 80)}`)
      if (whole.height < min - 0.5 || whole.width < min - 0.5) bad.push(`${Math.round(whole.width)}x${Math.round(whole.height)}: ${name}`)
    }
    if (document.documentElement.scrollWidth > window.innerWidth) bad.push(`wider than the phone: ${document.documentElement.scrollWidth}`)
    return bad
  }, least)
}
async function fit(page: Page, least: number) {
  await expect(page.getByText('正在加载…').filter({ visible: true })).toHaveCount(0)
  await expect(page.getByRole('button', { name: '打电话求助' }).filter({ visible: true })).toBeVisible()
  await expect.poll(() => unfit(page, least)).toEqual([])
}

test('every page says for whom, offers a telephone, and has a name for each button and field', async ({ page }) => {
  await signIn(page, '女儿')
  await expect(page.getByText('高颖,您好')).toBeVisible()
  await open(page, 'resident/family/family')
  await page.getByLabel('替 TA 办事 胡芬芬').click()
  await expect(page.getByText('胡芬芬,您好')).toBeVisible()
  for (const p of personal) {
    await open(page, where(p))
    await expect(page.locator('.banner').filter({ visible: true }), p).toContainText('您正在替 胡芬芬 办事')
    await fit(page, 44)
  }
  await page.locator('.banner').filter({ visible: true }).getByRole('button', { name: '换回本人' }).click()
  await expect(page.locator('.banner').filter({ visible: true })).toHaveCount(0)
})

test('in care mode every target on every page is for an unsteady finger', async ({ page }) => {
  await open(page, 'pages/sign-in/sign-in')
  await page.locator('uni-button').filter({ hasText: '关怀模式' }).click()
  await fit(page, 60)
  await signIn(page, '70岁')
  await expect(page.getByText('胡香淑,您好')).toBeVisible()
  await open(page, 'pages/mine/mine')
  await expect(page.getByRole('switch', { name: '关怀模式' })).toHaveAttribute('aria-checked', 'true') // chosen before signing in, and taken along
  for (const p of ['pages/home/home', 'pages/mine/mine', ...['family', 'notices', ...personal].map(where)]) {
    await open(page, p)
    await expect(page.locator('.frame.care').filter({ visible: true }), p).toBeVisible()
    await fit(page, 60)
  }
  // The account keeps it: the next flow begins without.
  await open(page, 'pages/mine/mine')
  await Promise.all([page.waitForResponse((r) => r.url().endsWith('/api/v1/me/display')), page.locator('uni-button').filter({ hasText: '跟随微信' }).click()])
})

test('the towns narrow the list of villages', async ({ page }) => {
  await signIn(page, '女儿')
  await expect(page.getByText(',您好')).toBeVisible()
  await open(page, 'resident/find-team/find-team')
  await expect(page.locator('.card .h2').filter({ hasText: '榴花街道' })).toBeVisible()
  await page.getByRole('button', { name: '哪个乡镇(街道)' }).click()
  await page.getByRole('radio', { name: '金籽镇' }).click()
  await expect(page.locator('.card .h2').filter({ hasText: '榴花街道' })).toHaveCount(0)
  await expect(page.locator('.places uni-button').filter({ visible: true }).first()).toBeVisible()
})
