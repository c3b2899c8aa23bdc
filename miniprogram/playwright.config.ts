import { defineConfig } from '@playwright/test'

// One worker: the flows share one demonstration.
export default defineConfig({
  testDir: 'tests',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: process.env.JIAYI_BASE ?? 'http://127.0.0.1:8080',
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions: { executablePath: process.env.JIAYI_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  },
})
