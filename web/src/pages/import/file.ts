// What can be told of a file before it is sent. Pure; the tests are beside it.
import type { TextKey } from '@/texts'

export const largest = 256 * 1024 * 1024 // models.MaxImportSize

/** What is wrong with the files that were chosen; null when one of them can be sent. */
export function fault(files: readonly { name: string; size: number }[]): { text: TextKey; args: Record<string, unknown> } | null {
  const [file] = files
  if (file === undefined || files.length > 1) return { text: 'imports.one', args: {} }
  if (!/\.(xlsx|csv)$/i.test(file.name)) return { text: 'imports.kind', args: { name: file.name } }
  if (file.size === 0) return { text: 'imports.empty', args: { name: file.name } }
  if (file.size > largest) return { text: 'imports.large', args: { name: file.name, mb: largest / 1024 / 1024 } }
  return null
}

/** Rows that were looked at. */
export function handled(i: { created: number; updated: number; unchanged: number; failed: number }): number {
  return i.created + i.updated + i.unchanged + i.failed
}

export const running = (status: string) => status === 'queued' || status === 'running'
export const tones = { queued: 'info', running: 'info', done: 'good', failed: 'danger' } as const

/** The columns of a list of residents (models/import_columns.go), and the empty file that has them. */
const columns = ['姓名', '身份证号', '证件类型', '性别', '出生日期', '联系电话', '现住址', '村居', '户编号', '与户主关系', '人群分类', '是否签约', '签约团队', '签约日期', '到期日期']
export const template = () => new Blob(['\ufeff' + columns.join(',') + '\r\n'], { type: 'text/csv' })
