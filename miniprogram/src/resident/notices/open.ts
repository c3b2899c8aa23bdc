import type { Notice } from '@/api/types'
import { go } from '@/common/go'
import { actFor, family } from '@/session/acting'

/** The page of what a notice is about; true where it shows one row and takes its id. */
const pages: Record<string, [page: string, one: boolean]> = {
  contract: ['contract', true], handover: ['contract', false], appointment: ['appointments', false], encounter: ['followup', true], vital: ['vitals', false], referral: ['referrals', false],
  home_service: ['home-service', false], prescription: ['refill', false], conversation: ['conversation', true], complaint: ['complaint', false], privacy_request: ['my-data', false],
}

/** Whether a notice leads somewhere. */
export const leads = (n: Notice) => n.link !== undefined && n.link.noun in pages

/** Opens what a notice is about, on behalf of whom it is for. */
export function openNotice(n: Notice) {
  const [page, one] = pages[n.link?.noun ?? ''] ?? []
  if (!page) return
  const whom = n.for?.id ?? family.value[0]?.id
  if (whom && family.value.some((p) => p.id === whom)) actFor(whom)
  go(`resident/${page}`, one ? { id: n.link?.id } : {})
}
