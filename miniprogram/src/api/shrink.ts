import { t } from '@/texts/zh-CN'
import { Problem } from './problem'

// A picture waits on the phone until there is signal; WeChat takes 1 MB under one name, and
// sealed it is more than twice as long.
const mostLetters = 240_000
/** Longest edges that are tried, in pixels. */
const edges = [1280, 1024, 800, 640, 480]
const quality = 0.6

/** A picture as a data URL that is small enough to wait on a phone. */
export async function shrunk(path: string): Promise<string> {
  for (const edge of edges) {
    const url = await atMost(path, edge)
    if (url.length <= mostLetters) return url
  }
  throw new Problem(422, 'photo_large', t.doctor.photoLarge)
}

const unreadable = () => new Problem(422, 'photo_type', t.doctor.photoType)

async function atMost(path: string, edge: number): Promise<string> {
  // #ifdef H5
  const image = new Image()
  image.src = path
  await image.decode().catch(() => Promise.reject(unreadable()))
  const scale = Math.min(1, edge / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/jpeg', quality)
  // #endif
  // #ifndef H5
  return new Promise((resolve, reject) => {
    uni.compressImage({
      src: path, quality: quality * 100, compressedWidth: edge,
      success: (r) => resolve(`data:image/jpeg;base64,${String(uni.getFileSystemManager().readFileSync(r.tempFilePath, 'base64'))}`),
      fail: () => reject(unreadable()),
    } as UniApp.CompressImageOptions)
  })
  // #endif
}
