import { signed, test } from './district'
import { agree, expect, field, open, tap } from './phone'

test('takes along all that is known, asks for a correction and for deletion, and takes that back', async ({ page, staff, actFor }) => {
  const ward = await actFor(await signed(staff))
  await open(page, 'resident/my-data/my-data')
  const download = page.waitForEvent('download')
  await tap(page, '下载我的全部数据')
  const file = await (await download).createReadStream()
  const text = (await file.toArray()).join('')
  expect(text).toContain(ward.name)

  await tap(page, '住址')
  await field(page, '哪里不对').fill('新村路8号')
  await tap(page, '提交')
  await expect(page.locator('.card').filter({ hasText: '更正' }).filter({ hasText: '前答复' })).toBeVisible()

  await page.locator('uni-button').filter({ hasText: '申请删除个人信息' }).click()
  await expect(page.locator('.uni-modal')).toContainText('依法必须保存的医疗记录不能删除')
  await agree(page)
  const asked = page.locator('.card').filter({ hasText: '删除' }).filter({ hasText: '前答复' })
  await expect(asked).toBeVisible()
  await asked.locator('uni-button').click()
  await expect(asked.locator('.tag')).toContainText('撤回')
})
