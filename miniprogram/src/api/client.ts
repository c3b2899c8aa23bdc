import { asProblem, noAnswer, problemOf, type Problem } from './problem'
import type { paths } from './schema'

type Prefix = '/api/v1'
type Verb = 'get' | 'post' | 'patch'
/** The paths of the API that know a verb, without the prefix. */
export type Path<V extends Verb> = { [P in keyof paths]: P extends `${Prefix}${infer R}` ? (paths[P][V] extends { responses: unknown } ? R : never) : never }[keyof paths]
type Op<V extends Verb, P extends string> = `${Prefix}${P}` extends keyof paths ? paths[`${Prefix}${P}`][V] : never
type Json<T> = T extends { content: { 'application/json': infer B } } ? B : unknown
/** What a call answers. */
export type Answer<V extends Verb, P extends string> = Op<V, P> extends { responses: infer R } ? (R extends { 200: infer A } ? Json<A> : R extends { 201: infer A } ? Json<A> : unknown) : never
/** What a call sends. */
export type Body<V extends Verb, P extends string> = Op<V, P> extends { requestBody?: infer B } ? ([NonNullable<B>] extends [never] ? undefined : Json<NonNullable<B>>) : undefined
type Query<V extends Verb, P extends string> = Op<V, P> extends { parameters: { query?: infer Q } } ? Q : never

/** How a call is made beside its body. */
export interface Options<Q = unknown> {
  path?: Record<string, string>
  query?: Q
  /** Idempotency-Key of a POST; a new one by default, kept over the repeats of this call. */
  key?: string
  /** The version that a change is based on. */
  version?: number
  /** Without the session's token: the call that gets a new one. */
  bare?: boolean
}

/** What the client needs of the session; the session puts itself here. */
export const session = {
  token: () => '' as string,
  /** Gets new tokens; false when the person must sign in again. */
  refresh: async () => false as boolean,
  lost: () => {},
}

/** Where the server is: the page's own for H5, a setting of the build for the mini-program. */
export const server: string = import.meta.env.VITE_SERVER ?? ''

/** A new key, unguessable enough to be nobody else's. */
export function newKey(): string {
  const part = () => Math.random().toString(36).slice(2, 12)
  return `${Date.now().toString(36)}-${part()}${part()}`
}

interface Raw {
  status: number
  data: unknown
}

function send(method: Verb, url: string, body: unknown, header: Record<string, string>): Promise<Raw> {
  return new Promise((resolve, reject) => {
    uni.request({
      url,
      method: method.toUpperCase() as 'GET',
      data: body as string | undefined,
      header,
      timeout: 20_000,
      success: (r) => resolve({ status: r.statusCode, data: r.data }),
      fail: () => reject(noAnswer()),
    })
  })
}

function address(path: string, o: Options): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(o.path?.[name] ?? ''))
  const query = Object.entries((o.query ?? {}) as Record<string, unknown>)
    .filter(([, v]) => v !== undefined && v !== '')
    .map(([k, v]) => `${k}=${encodeURIComponent(String(v))}`)
  return `${server}/api/v1${filled}${query.length ? `?${query.join('&')}` : ''}`
}

/** Runs a request with the session's token, and once more with a new one after a 401. */
export async function withToken(run: (auth: Record<string, string>) => Promise<Raw>): Promise<unknown> {
  const auth = () => (session.token() ? { Authorization: `Bearer ${session.token()}` } : {}) as Record<string, string>
  const had = session.token() !== ''
  let r = await run(auth())
  if (r.status === 401 && had) {
    if (await session.refresh()) r = await run(auth())
    if (r.status === 401) session.lost()
  }
  if (r.status >= 200 && r.status < 300) return r.data
  throw problemOf(r.status, r.data)
}

async function withoutToken(run: (auth: Record<string, string>) => Promise<Raw>): Promise<unknown> {
  const r = await run({})
  if (r.status >= 200 && r.status < 300) return r.data
  throw problemOf(r.status, r.data)
}

async function call(method: Verb, path: string, body: unknown, o: Options): Promise<unknown> {
  const header: Record<string, string> = { 'Content-Type': 'application/json' }
  if (method === 'post') header['Idempotency-Key'] = o.key ?? newKey()
  if (o.version !== undefined) header['If-Match'] = `"${o.version}"`
  const once = () => (o.bare ? withoutToken : withToken)((auth) => send(method, address(path, o), body, { ...header, ...auth }))
  try {
    return await once()
  } catch (e) {
    const p: Problem = asProblem(e)
    if (p.status !== 0) throw p
    return once() // the answer may be lost, not the request: the key makes a repeat harmless
  }
}

/** The one client of both targets. */
export const api = {
  get: <P extends Path<'get'>>(path: P, o: Options<Query<'get', P>> = {}) => call('get', path, undefined, o) as Promise<Answer<'get', P>>,
  post: <P extends Path<'post'>>(path: P, body?: Body<'post', P>, o: Options = {}) => call('post', path, body ?? {}, o) as Promise<Answer<'post', P>>,
  patch: <P extends Path<'patch'>>(path: P, body: Body<'patch', P>, o: Options = {}) => call('patch', path, body, o) as Promise<Answer<'patch', P>>,
}

/** Sends one file, by its path or in a browser itself, as multipart form data. */
export function upload(path: string, file: string | File, key = newKey()): Promise<unknown> {
  return withToken(
    (auth) =>
      new Promise<Raw>((resolve, reject) => {
        uni.uploadFile({
          url: `${server}/api/v1${path}`, name: 'file', ...(typeof file === 'string' ? { filePath: file } : { files: [{ name: 'file', file, uri: '' }] }), header: { ...auth, 'Idempotency-Key': key },
          success: (r) => resolve({ status: r.statusCode, data: parsed(r.data) }),
          fail: () => reject(noAnswer()),
        })
      }),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
