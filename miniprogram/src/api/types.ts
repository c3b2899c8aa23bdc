import type { components } from './schema'

/** A type of the API by its name there. */
export type Of<N extends keyof components['schemas']> = components['schemas'][N]

export type Me = Of<'MeBody'>
export type Contract = Of<'Contract'>
export type ContractPage = Of<'ContractPage'>
export type Team = Of<'Team'>
export type TeamPage = Of<'TeamPage'>
export type TeamMember = Of<'TeamMember'>
export type Village = Of<'Village'>
export type Package = Of<'Package'>
export type Entitlements = Of<'Entitlements'>
export type Followup = Of<'FollowupItem'>
export type FollowupDetail = Of<'FollowupDetail'>
export type Purpose = Of<'Purpose'>
export type Consent = Of<'Consent'>
export type Guardian = Of<'Guardian'>
export type VitalSeries = Of<'VitalSeries'>
export type Task = Of<'TaskItem'>
export type Form = Of<'Form'>
export type Field = Of<'Field'>
export type Appointment = Of<'AppointmentItem'>
export type Schedule = Of<'ScheduleItem'>
export type Conversation = Of<'ConversationItem'>
export type ChatMessage = Of<'ChatMessage'>
export type Notice = Of<'NoticeItem'>
export type Subscription = Of<'SubscriptionItem'>
export type HomeServiceItem = Of<'HomeServiceItem'>
export type Resident = Of<'Resident'>
export type HomeService = Of<'HomeServiceDetail'>
export type Assessment = Of<'Assessment'>
