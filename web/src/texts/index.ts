import { createI18n } from 'vue-i18n'
import zh from './zh-CN'

type Leaves<T, P extends string = ''> = { [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`> }[keyof T & string]
/** A key of the catalogue; an unknown one does not compile. */
export type TextKey = Leaves<typeof zh>

export const i18n = createI18n({ legacy: false, locale: 'zh-CN', fallbackLocale: 'zh-CN', messages: { 'zh-CN': zh }, missingWarn: false })

const translate = i18n.global.t as (key: string, args?: Record<string, unknown>) => string

/** The text of a key, with its arguments put in. */
export function t(key: TextKey, args?: Record<string, unknown>): string {
  return args === undefined ? translate(key) : translate(key, args)
}
