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
