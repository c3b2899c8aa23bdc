import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, login, signIn, sound, soundAtBothSizes, test, url } from './help'

// Long jobs, each screen looked at by axe at two sizes.
test.describe.configure({ timeout: 180_000 })

/** A number of a person who does not exist, of the region that does not exist. */
function idNumber(birth: string, seq: string): string {
  const body = '370499' + birth + seq
  const sum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce((n, w, i) => n + w * Number(body[i]), 0)
  return body + '10X98765432'[sum % 11]
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(([n, x]) => {
    const d = new DataTransfer()
    d.items.add(new File([x as string], n as string))
    return d
  }, [name, text])
  await page.locator('.drop-box').dispatchEvent('dragenter', { dataTransfer: data })
  await expect(page.getByText('松开即可上传')).toBeVisible()
  await page.locator('.drop-box').dispatchEvent('drop', { dataTransfer: data })
}

test('a county file is dropped, loaded, and its bad rows come back as a spreadsheet', async ({ page }) => {
  const good = idNumber('19300203', '901')
  const bad = good.slice(0, 17) + (good.endsWith('0') ? '1' : '0')
  const file = ['姓名,身份证号,村居', `孟长青,${good},榴园社区`, `孟长春,${bad},榴园社区`, `孟长夏,${idNumber('19310405', '902')},没有的村`].join('\n')
  await signIn(page, 'district', '/imports')
  await expect(page.getByText('还没有导入过文件。').or(page.getByRole('table'))).toBeVisible()
  await soundAtBothSizes(page)
  const [template] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载模板' }).click()])
  expect(readFileSync(await template.path()).toString()).toMatch(/^\ufeff姓名,身份证号,.*村居/)
  await drop(page, '榴园名单.csv', file)
  await expect(page.getByRole('heading', { name: '导入结果' })).toBeVisible()
  await expect(page.getByText('已完成')).toBeVisible()
  await expect(page.locator('dl.figures')).toHaveText(/数据行\s*3\s*新建\s*1\s*更新\s*0\s*一致\s*0\s*错误行\s*2/)
  await expect(page.getByRole('row').filter({ hasText: '身份证号' })).toContainText('3')
  await expect(page.getByRole('row').filter({ hasText: '村居' })).toContainText('4')
  await soundAtBothSizes(page)
  const [errors] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载错误表格' }).click()])
  expect(errors.suggestedFilename()).toMatch(/^errors-\d+\.xlsx$/)
  expect(readFileSync(await errors.path()).subarray(0, 2).toString()).toBe('PK')

  await page.getByRole('link', { name: '返回导入' }).click()
  await page.getByLabel('选择文件').setInputFiles({ name: '榴园名单2.csv', mimeType: 'text/csv', buffer: Buffer.from(file.split('\n').slice(0, 2).join('\n')) })
  await expect(page.locator('dl.figures')).toHaveText(/数据行\s*1\s*新建\s*0\s*更新\s*0\s*一致\s*1\s*错误行\s*0/)
  await expect(page.getByText('没有错误行。')).toBeVisible()
})

test('a wrong file is told at once, or when it cannot be read, and loads nothing', async ({ page }) => {
  await signIn(page, 'district', '/imports')
  await drop(page, '会议纪要.pdf', 'x')
  await expect(page.getByRole('alert')).toContainText('只能上传 xlsx 或 csv 文件,“会议纪要.pdf”不是')
  await drop(page, '空.csv', '')
  await expect(page.getByRole('alert')).toContainText('“空.csv”是空文件')
  await sound(page)
  await page.getByLabel('选择文件').setInputFiles({ name: '改了名字.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('这不是表格') })
  await expect(page.getByRole('alert').first()).toContainText('没有找到表头')
  await soundAtBothSizes(page)
  await page.goto(url('/imports'))
  await page.getByLabel('选择文件').setInputFiles({ name: '缺列.csv', mimeType: 'text/csv', buffer: Buffer.from('姓名,电话\n甲,1') })
  await expect(page.getByRole('alert').first()).toContainText('身份证号')
  await soundAtBothSizes(page)
})

test('a lead downloads a masked list at once', async ({ page }) => {
  await signIn(page, 'lead001', '/gap')
  await page.getByRole('button', { name: '申请导出' }).click()
  const form = page.getByRole('dialog', { name: '申请导出名单' })
  await expect(form).toContainText('应签未签居民')
  await form.getByRole('button', { name: '提交申请' }).click()
  await expect(page.getByRole('heading', { name: '导出详情' })).toBeVisible()
  await expect(page.getByText('无需审批').first()).toBeVisible()
  await soundAtBothSizes(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载', exact: true }).click()])
  expect(file.suggestedFilename()).toMatch(/^export-DC\d+\.xlsx$/)
  await expect(page.getByText('还可下载 2 次')).toBeVisible()
})

test('a list in clear needs a reason, a second person and the password again', async ({ page, browser }) => {
  await signIn(page, 'lead001', '/exports')
  await soundAtBothSizes(page)
  await page.getByRole('button', { name: '新的导出' }).click()
  const form = page.getByRole('dialog', { name: '申请导出名单' })
  await form.getByLabel('明文(证件号码、电话、住址完整显示)').check()
  await form.getByRole('button', { name: '提交申请' }).click()
  await expect(form.getByText('导出明文必须填写原因').first()).toBeVisible()
  await soundAtBothSizes(page)
  await form.getByLabel('导出原因').fill('入户核对名单')
  await form.getByRole('button', { name: '提交申请' }).click()
  await expect(page.getByText('须他人批准')).toBeVisible()
  await expect(page.getByRole('button', { name: '批准', exact: true })).toBeHidden()
  await expect(page.getByRole('button', { name: '下载', exact: true })).toBeHidden()
  const no = await page.getByText(/^DC\d+$/).innerText()

  const boss = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  await signIn(boss, 'district', '/exports?whose=others')
  await soundAtBothSizes(boss)
  await boss.getByRole('link', { name: no }).click()
  await boss.getByRole('button', { name: '批准', exact: true }).click()
  const ask = boss.getByRole('dialog', { name: '批准' })
  await expect(ask).toContainText(/可以下载这 \d+ 行居民名单\(明文\)/)
  await ask.getByRole('button', { name: '批准', exact: true }).click()
  await expect(boss.getByText('已批准', { exact: true })).toBeVisible()
  await boss.context().close()

  // Half an hour after the password was entered the server asks for it again.
  const stale = { type: 'about:blank', title: 'Forbidden', status: 403, code: 'reauth_required', detail: '导出敏感数据前请重新输入密码' }
  await page.route('**/file.xlsx', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(stale) }), { times: 1 })
  await page.reload()
  await page.getByRole('button', { name: '下载', exact: true }).click()
  const again = page.getByRole('dialog', { name: '再次输入密码' })
  await again.getByLabel('密码').fill('Wrong-2026-password')
  await again.getByRole('button', { name: '验证并下载' }).click()
  await expect(again.getByRole('alert').first()).toBeVisible()
  await sound(page)
  await again.getByLabel('密码').fill(login('lead001').password)
  const [file] = await Promise.all([page.waitForEvent('download'), again.getByRole('button', { name: '验证并下载' }).click()])
  expect(file.suggestedFilename()).toContain(no)
})

test('an export is refused with a reason, another is withdrawn', async ({ page, browser }) => {
  await signIn(page, 'lead001', '/residents')
  const asked = async (): Promise<string> => {
    await page.goto(url('/residents'))
    await page.getByRole('button', { name: '申请导出' }).click()
    const form = page.getByRole('dialog', { name: '申请导出名单' })
    await form.getByLabel('明文(证件号码、电话、住址完整显示)').check()
    await form.getByLabel('导出原因').fill('核对')
    await form.getByRole('button', { name: '提交申请' }).click()
    return page.getByText(/^DC\d+$/).innerText()
  }
  await asked()
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('dialog', { name: '撤回' }).getByRole('button', { name: '撤回' }).click()
  await expect(page.getByText('已撤回').first()).toBeVisible()
  const no = await asked()
  const boss = await (await browser.newContext()).newPage()
  await signIn(boss, 'inst01', '/exports?whose=others')
  await boss.getByRole('link', { name: no }).click()
  await boss.getByRole('button', { name: '不予批准' }).click()
  const ask = boss.getByRole('dialog', { name: '不予批准' })
  await ask.getByLabel('不予批准的原因').fill('请改用脱敏名单')
  await ask.getByRole('button', { name: '不予批准' }).click()
  await expect(boss.getByText('已回复申请人')).toBeVisible()
  await boss.context().close()
  await page.reload()
  await expect(page.getByText('请改用脱敏名单')).toBeVisible()
})
