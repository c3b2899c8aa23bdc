import type { components } from '@/api/schema'

/** Where a notice leads, by what it is about; nowhere for what has no screen. */
const screens: Record<string, string> = {
  contract: '/contracts/', appointment: '/desk/', referral: '/referrals/', consult: '/consults/', discharge: '/discharges/', home_service: '/home-services/', prescription: '/prescriptions/',
  conversation: '/messages/', complaint: '/complaints/', privacy_request: '/privacy-requests/', home_agreement: '/home-agreements/',
}

export function pathOf(link: components['schemas']['NoticeLink'] | undefined): string | undefined {
  if (!link) return undefined
  if (link.noun === 'vital') return '/today#alerts'
  const at = screens[link.noun]
  return at ? at + link.id : undefined
}
