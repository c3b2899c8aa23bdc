import { expect, signIn, test } from './help'

test('the first screen loads under 500 KB, from this server alone', async ({ page, context }) => {
  let bytes = 0
  const hosts = new Set<string>()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  cdp.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength })
  page.on('request', (r) => { if (/^https?:/.test(r.url())) hosts.add(new URL(r.url()).host) })
  await signIn(page, 'lead001')
  await expect(page.locator('table.grid tbody tr').first()).toBeVisible()
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(500_000)
  expect(hosts.size).toBe(1)
})
