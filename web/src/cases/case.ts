import type { Component } from 'vue'
import type { components } from '@/api/schema'
import type { GetData, GetPath, PostBody, PostPath } from '@/api/client'
import type { TextKey } from '@/texts'
import type { Field, Options } from './fields'
import type { Fact, Shown, Tone } from './shown'

// A case is anything with a state table on the server: a list with deadlines, one view with
// what may be done now, and its history. A noun describes its columns, its facts and what each
// of its moves asks for; the screens are the same for all.

export type Action = components['schemas']['Action']
export type ProcessEvent = components['schemas']['ProcessEvent']
export interface CaseItem { id: string; status: string; status_label: string; version?: number }
export interface CaseDetail extends CaseItem { actions: Action[]; history: ProcessEvent[] }

/** What may be chosen of the list; the choice is in the address. */
export type Filter = { key: string; label: TextKey; when?: () => boolean } & (
  | { kind: 'choice'; options: Options }
  | { kind: 'yes' }
  | { kind: 'day' }
  | { kind: 'institution' | 'team' }
)

export interface Column<T> { label: TextKey; show: (x: T) => Shown; opt?: boolean }

/** What a move says and asks before it is made. Fields are those of the server's body. */
export interface MoveForm<T, B = Record<string, unknown>> {
  what: TextKey | ((x: T) => string)
  fields?: (Field & { key: (keyof B & string) | `${keyof B & string}.${string}` })[]
  danger?: boolean
  first?: boolean // the usual next step
  hidden?: boolean // made elsewhere on the page
  path?: PostPath // when it is not the noun's move
  amends?: true // rewrites what the case says
}

/** How a new one begins. */
export interface Opening {
  path: PostPath
  permission: string
  label: TextKey
  what: TextKey
  fields: Field[]
  done: TextKey
}

interface Shape<L, D, B> {
  list: GetPath
  detail: GetPath
  move: PostPath
  at: string // where its screens are
  title: TextKey
  empty: TextKey
  name: (x: D) => Shown
  tone: (x: L) => Tone
  due?: (x: D) => { on?: string | null; at?: string | null } | undefined
  base?: (chosen: Record<string, unknown>) => Record<string, unknown> // what is asked for beside the choice
  filters: Filter[]
  columns: Column<L>[]
  cards: { title: TextKey; facts: (x: D) => Fact[] }[]
  moves: Record<string, MoveForm<D, B>>
  opening?: Opening
  also?: GetPath[] // what else a move makes outdated
  extra?: Component // below the facts; takes the case as "of"
}

type ItemOf<P extends GetPath> = GetData<P> extends { items: (infer T)[] } ? T : never

/** A case as the screens see it. */
export type Case = Shape<CaseItem, CaseDetail, Record<string, unknown>>

/** Describes a case; columns, facts and fields are held against what the server answers and takes. */
export function defineCase<L extends GetPath, D extends GetPath, M extends PostPath>(list: L, detail: D, move: M, spec: Omit<Shape<ItemOf<L>, GetData<D>, PostBody<M>>, 'list' | 'detail' | 'move'>): Case {
  return { ...spec, list, detail, move } as unknown as Case
}

