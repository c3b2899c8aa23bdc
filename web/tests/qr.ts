import type { Locator } from '@playwright/test'
import qrcode from 'qrcode-generator'

/** The dark modules of a QR code, as it is drawn on the page. */
export async function modulesOf(picture: Locator): Promise<boolean[][]> {
  return picture.evaluate(async (el) => {
    const img = el as HTMLImageElement
    await img.decode()
    const canvas = document.createElement('canvas')
    const [w, h] = [img.naturalWidth, img.naturalHeight]
    Object.assign(canvas, { width: w, height: h })
    const c = canvas.getContext('2d') as CanvasRenderingContext2D
    c.drawImage(img, 0, 0)
    const data = c.getImageData(0, 0, w, h).data
    const dark = (x: number, y: number) => (data[(y * w + x) * 4] as number) < 128
    let [left, top, right] = [w, h, 0]
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) if (dark(x, y)) [left, top, right] = [Math.min(left, x), Math.min(top, y), Math.max(right, x)]
    let x = left
    while (dark(x, top)) x++
    const size = (x - left) / 7 // a finder is seven modules wide
    const count = Math.round((right - left + 1) / size)
    const rows = Array.from({ length: count }, (_, n) => n)
    return rows.map((r) => rows.map((q) => dark(Math.floor(left + (q + 0.5) * size), Math.floor(top + (r + 0.5) * size))))
  })
}

/** The modules of the code that says a text, drawn by another program than the server's. */
export function modulesFor(text: string): boolean[][] {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const rows = Array.from({ length: code.getModuleCount() }, (_, n) => n)
  return rows.map((r) => rows.map((c) => code.isDark(r, c)))
}

const masks: ((r: number, c: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0, (r) => r % 2 === 0, (_, c) => c % 3 === 0, (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0, (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0, (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
]

/** The mask a code says it was drawn with (ISO/IEC 18004, format information). */
function maskOf(code: boolean[][]): (r: number, c: number) => boolean {
  const bit = (c: number) => (code[8]?.[c] ? 1 : 0)
  return masks[((bit(2) ^ 1) << 2) | (bit(3) << 1) | (bit(4) ^ 1)] as (r: number, c: number) => boolean
}

/** Modules that say something else. Two programs may choose different masks for the same text. */
export function differing(a: boolean[][], b: boolean[][]): number {
  if (a.length !== b.length) return Infinity
  const [x, y] = [maskOf(a), maskOf(b)]
  let n = 0
  a.forEach((row, r) => row.forEach((dark, c) => {
    const other = b[r]?.[c] as boolean
    if (r !== 8 && c !== 8 && dark !== other && (dark !== x(r, c)) !== (other !== y(r, c))) n++
  }))
  return n
}
