import type { components } from '@/api/schema'

export type Account = components['schemas']['AccountBody']
export type Issued = components['schemas']['IssuedBody']
export type Role = components['schemas']['RoleBody']
