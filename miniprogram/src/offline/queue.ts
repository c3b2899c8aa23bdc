import type { Problem } from '@/api/problem'

/** Something that was done without signal and waits to be sent. */
export interface Waiting<T> {
  id: string
  /** Idempotency-Key: made once with the visit and kept with it, so that it counts once. */
  key: string
  body: T
  /** Shown in the list. */
  title: string
  at: string
  /** Account that logged it; nobody else's session sends it. */
  owner: string
  /** The server refused it: what it said, by field. It waits for the person. */
  refused?: { message: string; fields: Record<string, string> }
}

/** Where the queue lies between starts of the app: one write is whole or not at all. */
export interface Shelf<T> {
  read(): Promise<Waiting<T>[]>
  write(all: Waiting<T>[]): Promise<void>
}

/**
 * A queue that loses nothing and doubles nothing: an entry is on the shelf before add
 * answers, and leaves it only after the server has said that it has it. Reads and writes
 * of the shelf stand in line, so that two of them never mix.
 */
export class Queue<T> {
  private line: Promise<unknown> = Promise.resolve()
  private sending: Promise<number> | undefined

  constructor(
    private readonly shelf: Shelf<T>,
    /** Sends an entry; what it answers stands in its place: what could not be sent before it. */
    private readonly send: (entry: Waiting<T>) => Promise<Waiting<T>[] | void>,
    private readonly problemOf: (e: unknown) => Problem,
    private readonly changed: (all: Waiting<T>[]) => void = () => undefined,
  ) {}

  /** Everything that waits. */
  all(): Promise<Waiting<T>[]> {
    return this.inLine(() => this.shelf.read())
  }

  /** Puts an entry on the shelf; one with the same key is already there. */
  add(entry: Waiting<T>): Promise<void> {
    return this.edit((all) => (all.some((e) => e.key === entry.key) ? all : [...all, entry]))
  }

  /** Takes an entry off unsent: the person threw it away. */
  drop(id: string): Promise<void> {
    return this.edit((all) => all.filter((e) => e.id !== id))
  }

  /** A corrected entry is another request: it gets another key, and may be sent again. */
  correct(id: string, body: T, key: string): Promise<void> {
    return this.edit((all) => all.map((e) => (e.id === id ? { ...e, body, key, refused: undefined } : e)))
  }

  /** Sends what the owner's entries are, one after the other; returns how many went. Two calls at once are one. */
  sendAll(owner: string): Promise<number> {
    this.sending ??= this.run(owner).finally(() => (this.sending = undefined))
    return this.sending
  }

  private async run(owner: string): Promise<number> {
    let sent = 0
    const tried = new Set<string>()
    for (;;) {
      const entry = (await this.all()).find((e) => e.owner === owner && !e.refused && !tried.has(e.key))
      if (!entry) break
      tried.add(entry.key)
      let after: Waiting<T>[]
      try {
        after = (await this.send(entry)) ?? []
      } catch (e) {
        const p = this.problemOf(e)
        // No signal, a tired server, a session that ended: everything stays as it is.
        if (p.temporary || p.status === 401 || p.status === 403) break
        await this.edit((all) => all.map((w) => (w.key === entry.key ? { ...w, refused: { message: p.message, fields: p.fields } } : w)))
        continue
      }
      sent++
      await this.edit((all) => all.flatMap((w) => (w.key === entry.key ? after : [w])))
    }
    return sent
  }

  private edit(change: (all: Waiting<T>[]) => Waiting<T>[]): Promise<void> {
    return this.inLine(async () => {
      const next = change(await this.shelf.read())
      await this.shelf.write(next)
      this.changed(next)
    })
  }

  private inLine<R>(job: () => Promise<R>): Promise<R> {
    const run = this.line.then(job, job)
    this.line = run.catch(() => undefined)
    return run
  }
}
