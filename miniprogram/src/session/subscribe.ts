import { ref } from 'vue'
import { api } from '@/api/client'
import type { Subscription } from '@/api/types'
import { confirmed } from '@/common/confirm'
import { t } from '@/texts/zh-CN'

/** A family of notices, as the server names them. */
export type Family = Subscription['template']

/** What WeChat may still send, as the server last told. */
export const subscriptions = ref<Subscription[]>([])

/** WeChat asks for so many templates at once. */
const most = 3

/** Loads them ahead of the tap: WeChat opens its question only within one. */
export async function loadSubscriptions(): Promise<Subscription[]> {
  subscriptions.value = (await api.get('/me/subscriptions')).items
  return subscriptions.value
}

/**
 * Whom to ask for after something was done: the families that tell how it goes on, unless one
 * is left or was refused, then what the server would ask for at the next tap.
 */
export function worthAsking(all: Subscription[], families: Family[], now = Date.now()): Subscription[] {
  const left = (s: Subscription) => !s.template_id || s.left > 0
  const refused = (s: Subscription) => s.answer !== undefined && s.answer !== 'accept' && now - Date.parse(s.answered_at ?? '') < refusedFor
  const about = all.filter((s) => families.includes(s.template) && !left(s) && !refused(s))
  if (!about.length) return []
  return [...about, ...all.filter((s) => s.ask && !left(s) && !about.includes(s))].slice(0, most)
}

/** Another answer than yes is left alone for so long, as on the server. */
const refusedFor = 7 * 86_400_000

/** Asks, in plain words first, whether WeChat may tell how something goes on. In a browser there is nobody to ask. */
export async function offerNotices(...families: Family[]): Promise<void> {
  // #ifdef MP-WEIXIN
  const asked = worthAsking(subscriptions.value, families)
  if (!asked.length || !(await confirmed(t.notices.offer, t.notices.offerLead(asked.map((s) => s.label)), t.notices.offerYes))) return
  await requestFor(asked)
  // #endif
  void families
}

/** Opens WeChat's own question and notes the answers; whatever goes wrong there spoils nothing that was done. */
export async function requestFor(asked: Subscription[]): Promise<void> {
  const answers = await ask(asked.map((s) => s.template_id ?? ''))
  const results = Object.fromEntries(asked.map((s) => [s.template, answers[s.template_id ?? '']]).filter((pair): pair is [string, string] => answered(pair[1])))
  if (!Object.keys(results).length) return
  const said = await api.post('/me/subscriptions', { results }).catch(() => undefined)
  if (said) subscriptions.value = said.items
}

const answered = (a: string | undefined) => a !== undefined && ['accept', 'reject', 'ban', 'filter'].includes(a)

function ask(tmplIds: string[]): Promise<Record<string, string>> {
  return new Promise((resolve) => {
    uni.requestSubscribeMessage({ tmplIds, success: (r) => resolve(r as unknown as Record<string, string>), fail: () => resolve({}) })
  })
}
