/** What went wrong with a call, in words for the person and by field for the form. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** Stable code for the program. */
    readonly code: string,
    /** One sentence for the person, in Chinese. */
    message: string,
    /** Message by field name. */
    readonly fields: Record<string, string> = {},
  ) {
    super(message)
  }

  /** No answer came, or one that says "later": the same request may be sent again. */
  get temporary(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

interface ProblemBody {
  code?: string
  detail?: string
  errors?: { field?: string; message?: string }[] | null
}

/** Reads application/problem+json; anything else becomes a plain sentence. */
export function problemOf(status: number, body: unknown): Problem {
  const b = (typeof body === 'object' && body !== null ? body : {}) as ProblemBody
  const fields: Record<string, string> = {}
  for (const e of b.errors ?? []) if (e.field && e.message) fields[e.field] ??= e.message
  return new Problem(status, b.code ?? 'unknown', b.detail ?? '系统繁忙,请稍后再试', fields)
}

/** The answer to no answer. */
export const noAnswer = () => new Problem(0, 'offline', '网络不通,请检查网络后再试')

/** Whatever was thrown, as a Problem. */
export const asProblem = (e: unknown): Problem => (e instanceof Problem ? e : new Problem(0, 'unknown', '系统繁忙,请稍后再试'))
