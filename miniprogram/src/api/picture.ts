import { server, upload, withToken } from './client'
import { noAnswer } from './problem'

/** A picture of the API as a data URL: it needs the token, so it is fetched and shown from memory. */
export async function pictureOf(url: string): Promise<string | undefined> {
  const got = (await withToken((header) => fetchBytes(`${server}${url}`, header)).catch(() => undefined)) as Bytes | undefined
  return got ? `data:${got.type};base64,${uni.arrayBufferToBase64(got.bytes)}` : undefined
}

interface Bytes {
  type: string
  bytes: ArrayBuffer
}

function fetchBytes(url: string, header: Record<string, string>): Promise<{ status: number; data: unknown }> {
  return new Promise((resolve, reject) => {
    uni.request({
      url, header, responseType: 'arraybuffer',
      success: (r) => resolve({ status: r.statusCode, data: { type: typeOf(r.header as Record<string, string>), bytes: r.data as ArrayBuffer } }),
      fail: () => reject(noAnswer()),
    })
  })
}

/** The names of headers come in any case. */
const typeOf = (header: Record<string, string>) => Object.entries(header).find(([k]) => k.toLowerCase() === 'content-type')?.[1] ?? 'image/jpeg'

/** Lets the person take or choose one picture, or only take it; undefined where they do not. */
export function takePicture(sourceType: ('camera' | 'album')[] = ['album', 'camera']): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.chooseImage({ count: 1, sizeType: ['compressed'], sourceType, success: (r) => resolve(r.tempFilePaths[0]), fail: () => resolve(undefined) })
  })
}

/** Sends a picture that is held as a data URL. */
export async function uploadPicture(path: string, picture: string, key: string): Promise<void> {
  const base64 = picture.slice(picture.indexOf(',') + 1)
  // #ifdef H5
  await upload(path, new File([uni.base64ToArrayBuffer(base64)], 'photo.jpg', { type: 'image/jpeg' }), key)
  // #endif
  // #ifndef H5
  const files = uni.getFileSystemManager()
  const file = `${(uni as unknown as { env: { USER_DATA_PATH: string } }).env.USER_DATA_PATH}/${key}.jpg`
  files.writeFileSync(file, base64, 'base64')
  await upload(path, file, key).finally(() => files.unlinkSync(file))
  // #endif
}
