import type { components } from '@/api/schema'

/** What is entered of a team. */
export interface TeamEntry { code: string; name: string; phone: string; hours: string; intro: string; clinic_id: string | undefined }

export function blankTeam(of?: components['schemas']['TeamPage']): TeamEntry {
  return { code: of?.code ?? '', name: of?.name ?? '', phone: of?.phone ?? '', hours: of?.hours ?? '', intro: of?.intro ?? '', clinic_id: of?.clinic_id }
}
