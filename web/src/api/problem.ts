import type { components } from './schema'

type Body = components['schemas']['Problem']

/** A refusal or failure of a request, told in Chinese by the server (RFC 9457). */
export class Problem extends Error {
  readonly status: number // 0: no answer, the network is away
  readonly code: string
  readonly fields: ReadonlyMap<string, string> // message by path of the field
  readonly details: Record<string, unknown>
  readonly requestId?: string

  constructor(body: Partial<Body> & { status: number; code: string; detail: string }) {
    super(body.detail)
    this.name = 'Problem'
    this.status = body.status
    this.code = body.code
    this.fields = new Map((body.errors ?? []).map((e) => [e.field.replace(/^body\./, ''), e.message]))
    this.details = (body.details ?? {}) as Record<string, unknown>
    this.requestId = body.request_id
  }

  /** Nobody knows whether the request arrived: the same key may be sent again. */
  get unanswered(): boolean {
    return this.status === 0 || this.status >= 502
  }
}

export function isProblem(e: unknown): e is Problem {
  return e instanceof Problem
}

/** What to show for anything that was thrown. */
export function asProblem(e: unknown, fallback: string): Problem {
  return isProblem(e) ? e : new Problem({ status: 500, code: 'internal', detail: fallback })
}
