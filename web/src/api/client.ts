import createClient from 'openapi-fetch'
import { t } from '@/texts'
import { accessToken, refreshAfter, sessionEnded } from '@/session/token'
import { Problem } from './problem'
import { newKey } from './uuid'
import type { paths } from './schema'

const timeout = 30_000
const fileTimeout = 600_000 // a county's file takes its time on a slow line

/** Sends a request with the access token, and once more with a fresh one after a 401. */
async function send(request: Request): Promise<Response> {
  const again = request.clone()
  const token = await accessToken()
  const first = await attempt(request, token)
  if (first.status !== 401) return first
  const fresh = await refreshAfter(token)
  if (fresh === null) {
    sessionEnded()
    return first
  }
  return attempt(again, fresh)
}

async function attempt(request: Request, token: string | null): Promise<Response> {
  if (token !== null) request.headers.set('Authorization', `Bearer ${token}`)
  try {
    const wait = request.headers.get('Content-Type')?.startsWith('multipart/') ? fileTimeout : timeout
    return await fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(wait)]) })
  } catch (e) {
    if (request.signal.aborted) throw e
    throw new Problem({ status: 0, code: 'offline', detail: t('problem.offline') })
  }
}

const client = createClient<paths>({ baseUrl: '', fetch: send })

type With<M extends 'get' | 'post' | 'patch'> = {
  [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never
}[keyof paths] & string
export type GetPath = With<'get'>
export type PostPath = With<'post'>
export type PatchPath = With<'patch'>

type Op<P extends keyof paths, M extends 'get' | 'post' | 'patch'> = paths[P] extends { [K in M]: infer O } ? O : never
type Json<R> = R extends { content: infer C } ? (C extends { 'application/json': infer J } ? J : undefined) : undefined
type Good<O> = O extends { responses: infer R } ? Json<R[Extract<keyof R, 200 | 201 | 204>]> : never
type Params<O> = O extends { parameters: infer Q } ? Pick<Q, Extract<keyof Q, 'path' | 'query'>> : never
type BodyOf<O> = O extends { requestBody?: infer B } ? (NonNullable<B> extends { content: { 'application/json': infer J } } ? Omit<J & object, '$schema'> : undefined) : undefined

export type GetParams<P extends GetPath> = Params<Op<P, 'get'>>
export type GetData<P extends GetPath> = Good<Op<P, 'get'>>
export type PostBody<P extends PostPath> = BodyOf<Op<P, 'post'>>
export type PostData<P extends PostPath> = Good<Op<P, 'post'>>
export type PatchBody<P extends PatchPath> = BodyOf<Op<P, 'patch'>>
export type PatchData<P extends PatchPath> = Good<Op<P, 'patch'>>

interface Answer { data?: unknown; error?: unknown; response: Response }

/** Turns an answer into its data, or throws its Problem. */
function read(answer: Answer): unknown {
  if (answer.response.ok) return answer.data
  const e = answer.error
  if (typeof e === 'object' && e !== null && 'code' in e && 'detail' in e) throw new Problem(e as ConstructorParameters<typeof Problem>[0])
  throw new Problem({ status: answer.response.status, code: 'internal', detail: t('problem.unreadable') })
}

type Anyhow = (path: string, init: Record<string, unknown>) => Promise<Answer>

export async function get<P extends GetPath>(path: P, params?: GetParams<P>, signal?: AbortSignal): Promise<GetData<P>> {
  return read(await (client.GET as unknown as Anyhow)(path, { params, signal })) as GetData<P>
}

export interface Sending {
  path?: Record<string, string>
  key?: string // Idempotency-Key; a fresh one without
  version?: number // If-Match
  session?: boolean // also takes the session's cookie away
}

function headersOf(s: Sending): Record<string, string> {
  return { ...(s.version === undefined ? {} : { 'If-Match': `"${s.version}"` }), ...(s.session ? { 'X-Session': 'cookie' } : {}) }
}

export async function post<P extends PostPath>(path: P, body?: PostBody<P>, s: Sending = {}): Promise<PostData<P>> {
  const headers = { ...headersOf(s), 'Idempotency-Key': s.key ?? newKey() }
  return read(await (client.POST as unknown as Anyhow)(path, { params: { path: s.path }, body, headers })) as PostData<P>
}

export async function patch<P extends PatchPath>(path: P, body: PatchBody<P>, s: Sending): Promise<PatchData<P>> {
  return read(await (client.PATCH as unknown as Anyhow)(path, { params: { path: s.path }, body, headers: headersOf(s) })) as PatchData<P>
}

/** Reads what is no JSON: a picture, a page, a table. The address is one the server gave or of its description. */
export async function getBlob(url: string, signal?: AbortSignal): Promise<Blob> {
  return read(await (client.GET as unknown as Anyhow)(url, { parseAs: 'blob', signal })) as Blob
}

/** Sends a file as the field "file" of a form. */
export async function upload<P extends PostPath>(path: P, file: Blob, s: Sending = {}): Promise<PostData<P>> {
  const form = new FormData()
  form.append('file', file)
  const headers = { ...headersOf(s), 'Idempotency-Key': s.key ?? newKey() }
  return read(await (client.POST as unknown as Anyhow)(path, { params: { path: s.path }, body: form, bodySerializer: (b: FormData) => b, headers })) as PostData<P>
}

/** Fetches a file and hands it to the browser to save, under the name the server gave it. */
export async function download<P extends GetPath>(path: P, params?: GetParams<P>): Promise<void> {
  const { path: names = {}, query = {} } = (params ?? {}) as { path?: Record<string, string>; query?: Record<string, unknown> }
  const filled = path.replace(/\{(\w+)\}/g, (_, n: string) => encodeURIComponent(names[n] ?? ''))
  const asked = new URLSearchParams(Object.entries(query).filter(([, v]) => v !== undefined).map(([k, v]) => [k, String(v)]))
  const response = await send(new Request(filled + (asked.size ? '?' + asked.toString() : '')))
  if (!response.ok) await json(response)
  save(await response.blob(), /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'download')
}

/** Hands a file to the browser to save. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

async function json(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => undefined)
  return read(response.ok ? { data: body, response } : { error: body, response })
}
