// Figures of the workbench in the browser, against a running demonstration, as a Markdown table:
//
//   npm run vitals -- http://127.0.0.1:8080 ../demo/demo.json
import { chromium } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { totp } from './totp.mjs'

const [base, loginsFile] = process.argv.slice(2)
if (!base || !loginsFile) throw new Error('usage: npm run vitals -- BASE PATH_OF_demo.json')
const { logins } = JSON.parse(readFileSync(loginsFile, 'utf8'))
const slow = [1, 4]

async function signIn(page, username, path) {
  const l = logins.find((x) => x.username === username)
  await page.goto(`${base}/sign-in?next=${encodeURIComponent(path)}`)
  await page.getByLabel('用户名').fill(l.username)
  await page.getByLabel('密码').fill(l.password)
  await page.getByRole('button', { name: '登录' }).click()
  if (l.otp_secret) {
    await page.getByLabel('动态验证码').fill(totp(l.otp_secret))
    await page.getByRole('button', { name: '登录' }).click()
  }
  await page.locator('main#main').waitFor()
}

/** A page of a person, with the processor slowed down. */
async function open(browser, username, path, rate) {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await signIn(page, username, path)
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate })
  return { page, cdp, close: () => context.close() }
}

/** The first screen of someone who is signed in, nothing cached. */
async function firstScreen(browser, rate) {
  const { page, cdp, close } = await open(browser, 'lead001', '/today', rate)
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  let bytes = 0
  cdp.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength })
  await page.goto(base + '/today')
  await page.locator('table.grid tbody tr').first().waitFor()
  await page.waitForLoadState('networkidle')
  const paint = await page.evaluate(() => new Promise((resolve) => {
    const fcp = performance.getEntriesByName('first-contentful-paint')[0]?.startTime
    new PerformanceObserver((list) => resolve({ fcp, lcp: list.getEntries().at(-1)?.startTime })).observe({ type: 'largest-contentful-paint', buffered: true })
  }))
  await close()
  return { bytes, ...paint }
}

/** Milliseconds from the next `event` until an element with the text is there and a frame was drawn. */
async function until(page, event, selector, text, act) {
  await page.evaluate(([name, of, words]) => {
    const holds = () => [...document.querySelectorAll(of)].some((e) => e.textContent.includes(words))
    window.answered = new Promise((resolve) => addEventListener(name, (e) => {
      const look = () => (holds() ? requestAnimationFrame(() => resolve(performance.now() - e.timeStamp)) : requestAnimationFrame(look))
      look()
    }, { capture: true, once: true }))
  }, [event, selector, text])
  await act()
  return page.evaluate(() => window.answered)
}

async function interactions(browser, rate) {
  const { page, close } = await open(browser, 'inst01', '/residents', rate)
  const filter = page.locator('.el-select').filter({ has: page.getByRole('combobox', { name: '全部人群' }) })
  await filter.click()
  await page.getByRole('option', { name: '高血压患者' }).click()
  await page.locator('tbody tr').filter({ hasText: '高血压患者' }).first().waitFor()
  const link = page.locator('tbody a').first()
  const name = await link.innerText()
  const resident = await until(page, 'click', 'main h1', name, () => link.click())
  const form = await until(page, 'click', 'main h1', '随访登记', () => page.getByRole('button', { name: '登记随访' }).first().click())
  const field = (key) => page.locator(`[data-program=hypertension] [data-key=${key}] input`).first()
  await page.goto(page.url().split('?')[0] + '?program=hypertension')
  await field('sbp').fill('186')
  const assessment = await until(page, 'input', '.verdict', '', () => field('dbp').fill('112'))
  await close()
  return { resident, form, assessment }
}

/** Reads a list to its end, or ten thousand rows, and scrolls through it. */
async function scrolling(browser, rate) {
  const { page, cdp, close } = await open(browser, 'district', '/residents', 1)
  const more = page.getByRole('button', { name: '再显示一页' })
  const count = page.getByText(/^(已显示|共) [\d,]+ 条/)
  await count.waitFor()
  const shown = async () => Number(/[\d,]+/.exec(await count.innerText())[0].replaceAll(',', ''))
  for (let n = await shown(); n < 10_000 && (await more.isVisible()); n = await shown()) {
    await more.click()
    await page.waitForFunction((was) => Number(/(?:已显示|共) ([\d,]+) 条/.exec(document.querySelector('main').innerText)?.[1].replaceAll(',', '')) > was, n)
  }
  await cdp.send('Emulation.setCPUThrottlingRate', { rate })
  await page.locator('main').evaluate((m) => { m.scrollTop = 0 })
  const figures = await page.locator('main').evaluate((main) => new Promise((resolve) => {
    const long = []
    new PerformanceObserver((list) => long.push(...list.getEntries().map((e) => e.duration))).observe({ type: 'longtask' })
    const frames = []
    let last = performance.now()
    const began = last
    const step = (now) => {
      frames.push(now - last)
      last = now
      main.scrollTop += 240 // a quick turn of the wheel each frame
      if (now - began < 6000 && main.scrollTop + main.clientHeight < main.scrollHeight) requestAnimationFrame(step)
      else resolve({ frames: frames.slice(1), long })
    }
    requestAnimationFrame(step)
  }))
  const rows = await shown()
  await close()
  const sorted = figures.frames.sort((a, b) => a - b)
  return { rows, frames: sorted.length, p95: sorted[Math.floor(sorted.length * 0.95)], missed: sorted.filter((f) => f > 50).length, long: figures.long.length, longest: Math.max(0, ...figures.long) }
}

const ms = (v) => (v === undefined ? '—' : `${Math.round(v)} ms`)
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const columns = []
for (const rate of slow) columns.push({ first: await firstScreen(browser, rate), acts: await interactions(browser, rate), list: await scrolling(browser, rate) })
await browser.close()
const row = (label, of) => `| ${label} | ${columns.map(of).join(' | ')} |`
process.stdout.write([
  `| | ${slow.map((r) => (r === 1 ? 'processor as it is' : `${r} times slower`)).join(' | ')} |`,
  `|---|${slow.map(() => '---|').join('')}`,
  row('first screen, nothing cached: bytes, compressed', (c) => `${Math.round(c.first.bytes / 1000)} kB`),
  row('first contentful paint', (c) => ms(c.first.fcp)),
  row('largest contentful paint', (c) => ms(c.first.lcp)),
  row('tap on a resident → the resident’s screen', (c) => ms(c.acts.resident)),
  row('tap on 登记随访 → the form', (c) => ms(c.acts.form)),
  row('last digit of a blood pressure → the assessment', (c) => ms(c.acts.assessment)),
  row(`scrolling ${columns[0].list.rows} rows: frames drawn, the slowest 5 % from`, (c) => `${c.list.frames}, ${ms(c.list.p95)}`),
  row('frames that took over 50 ms', (c) => c.list.missed),
  row('long tasks while scrolling, the longest', (c) => `${c.list.long}, ${ms(c.list.longest)}`),
].join('\n') + '\n')
