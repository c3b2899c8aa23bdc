import { test as base, expect, type Page } from '@playwright/test'

/** Every test fails on a page error or a line of error in the console; a lost network is allowed where a test makes one. */
export const test = base.extend<{ quiet: { offline: boolean } }>({
  quiet: [
    async ({ page }, use) => {
      const loud: string[] = []
      const state = { offline: false }
      page.on('pageerror', (e) => loud.push(e.message))
      page.on('console', (m) => {
        const refused = m.text().startsWith('Failed to load resource') && (state.offline || /\/api\/v1\//.test(m.location().url))
        if (m.type() === 'error' && !refused) loud.push(`${m.text()} ${m.location().url}`)
      })
      await use(state)
      expect(loud).toEqual([])
    },
    { auto: true },
  ],
})
export { expect }

/** Opens a page of the H5 build; a hash alone would not load it anew. */
export async function open(page: Page, where: string) {
  await page.goto(`/m/#/${where}`)
}

/** Taps a button by its words. */
export const tap = (page: Page, words: string) => page.locator('uni-button, [role=button], .chip, .checkrow').filter({ hasText: words }).filter({ visible: true }).first().click()

/** The input under a label. */
export const field = (page: Page, label: string) => page.locator('.field').filter({ hasText: label }).filter({ visible: true }).locator('input, textarea').first()

/** Signs in as a WeChat user of the demonstration. */
export async function signIn(page: Page, who: string) {
  await open(page, 'pages/sign-in/sign-in')
  await tap(page, who)
}

/** Answers the question that asks before something has consequences. */
export async function agree(page: Page, text?: string) {
  const box = page.locator('.uni-modal')
  if (text) await box.locator('textarea').fill(text)
  await box.locator('.uni-modal__btn_primary').click()
}

/** Draws on the signature pad as a finger would, in pointer events that Chromium makes touches of. */
export async function sign(page: Page) {
  const canvas = page.locator('.wd-signature canvas').last()
  await canvas.scrollIntoViewIfNeeded()
  const box = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const cdp = await page.context().newCDPSession(page)
  const at = (x: number, y: number) => [{ x: box.x + box.width * x, y: box.y + box.height * y }]
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.2, 0.3) })
  for (const [x, y] of [[0.3, 0.7], [0.4, 0.3], [0.5, 0.7], [0.7, 0.4]] as const) await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x, y) })
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await tap(page, '签好了')
}
