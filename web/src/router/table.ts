import type { Component } from 'vue'
import { caseList, caseNew, caseView } from '@/cases/screens'
import type { TextKey } from '@/texts'

/** A screen: where it is, what it is called, who has it in the menu, and its page. */
export interface Screen {
  name: string
  path: string
  title: TextKey
  permission?: string | readonly string[] // of models/permission.go, one of several; everyone signed in without
  menu?: { group: TextKey; icon: string } // in the side menu when given
  page: () => Promise<{ default: Component }>
}

/** The one table of screens, in the order of the menu. */
export const screens: Screen[] = [
  { name: 'today', path: '/today', title: 'screen.today', permission: 'task.read', menu: { group: 'menu.work', icon: 'Calendar' }, page: () => import('@/pages/today/TodayPage.vue') },
  { name: 'residents', path: '/residents', title: 'screen.residents', permission: 'resident.read', menu: { group: 'menu.work', icon: 'User' }, page: () => import('@/pages/resident/ResidentsPage.vue') },
  { name: 'sign', path: '/sign', title: 'screenSign.sign', permission: 'contract.apply', menu: { group: 'menu.work', icon: 'EditPen' }, page: () => import('@/pages/sign/SignPage.vue') },
  { name: 'contracts', path: '/contracts', title: 'screenSign.contracts', permission: 'contract.read', menu: { group: 'menu.work', icon: 'Document' }, page: () => import('@/pages/contract/ContractsPage.vue') },
  { name: 'messages', path: '/messages', title: 'screenMessage.list', permission: 'message.read', menu: { group: 'menu.work', icon: 'ChatDotRound' }, page: () => import('@/pages/message/MessagesPage.vue') },
  { name: 'bindings', path: '/bindings', title: 'screenNotice.bindings', permission: 'resident.write', menu: { group: 'menu.work', icon: 'Key' }, page: () => import('@/pages/binding/BindingsPage.vue') },
  { name: 'undelivered', path: '/notices/undelivered', title: 'screenNotice.undelivered', permission: 'notice.follow', menu: { group: 'menu.work', icon: 'Phone' }, page: () => import('@/pages/notice/UndeliveredPage.vue') },
  { name: 'desk', path: '/desk', title: 'screenDesk.desk', permission: 'appointment.read', menu: { group: 'menu.cases', icon: 'Tickets' }, page: () => import('@/pages/desk/DeskPage.vue') },
  { name: 'schedules', path: '/schedules', title: 'screenDesk.schedules', permission: 'appointment.read', menu: { group: 'menu.cases', icon: 'Clock' }, page: caseList(() => import('@/pages/desk/schedule')) },
  { name: 'referrals', path: '/referrals', title: 'screenReferral.list', permission: 'referral.read', menu: { group: 'menu.cases', icon: 'Switch' }, page: caseList(() => import('@/pages/referral/referral')) },
  { name: 'complaints', path: '/complaints', title: 'screenComplaint.list', permission: 'complaint.read', menu: { group: 'menu.cases', icon: 'ChatLineSquare' }, page: caseList(() => import('@/pages/complaint/complaint')) },
  { name: 'consults', path: '/consults', title: 'screenConsult.list', permission: 'consult.read', menu: { group: 'menu.cases', icon: 'VideoCamera' }, page: caseList(() => import('@/pages/consult/consult')) },
  { name: 'discharges', path: '/discharges', title: 'screenDischarge.list', permission: 'discharge.read', menu: { group: 'menu.cases', icon: 'Van' }, page: caseList(() => import('@/pages/discharge/discharge')) },
  { name: 'home-services', path: '/home-services', title: 'screenHomeService.list', permission: 'homeservice.read', menu: { group: 'menu.cases', icon: 'House' }, page: caseList(() => import('@/pages/homeservice/homeservice')) },
  { name: 'prescriptions', path: '/prescriptions', title: 'screenPrescription.list', permission: 'prescription.read', menu: { group: 'menu.cases', icon: 'FirstAidKit' }, page: caseList(() => import('@/pages/prescription/prescription')) },
  { name: 'events', path: '/events', title: 'screenEvent.list', permission: 'event.read', menu: { group: 'menu.cases', icon: 'Flag' }, page: caseList(() => import('@/pages/event/event')) },
  { name: 'partner-links', path: '/partner-links', title: 'screenPartner.list', permission: 'stats.read', menu: { group: 'menu.cases', icon: 'Connection' }, page: caseList(() => import('@/pages/partner/partner')) },
  { name: 'nursing-homes', path: '/nursing-homes', title: 'screenHome.list', permission: 'agreement.read', menu: { group: 'menu.cases', icon: 'OfficeBuilding' }, page: () => import('@/pages/home/HomesPage.vue') },
  { name: 'home-agreements', path: '/home-agreements', title: 'screenHome.agreements', permission: 'agreement.read', menu: { group: 'menu.cases', icon: 'DocumentChecked' }, page: caseList(() => import('@/pages/home/agreement')) },
  { name: 'privacy-requests', path: '/privacy-requests', title: 'screenPrivacy.list', permission: 'privacy.handle', menu: { group: 'menu.cases', icon: 'Lock' }, page: caseList(() => import('@/pages/privacy/privacy')) },
  { name: 'overview', path: '/overview', title: 'screen.overview', permission: 'stats.read', menu: { group: 'menu.numbers', icon: 'DataAnalysis' }, page: () => import('@/pages/overview/OverviewPage.vue') },
  { name: 'case-figures', path: '/case-figures', title: 'screenFigures.list', permission: 'survey.read', menu: { group: 'menu.numbers', icon: 'TrendCharts' }, page: () => import('@/pages/figures/FiguresPage.vue') },
  { name: 'overview-tree', path: '/overview/tree', title: 'overview.tree', permission: 'stats.read', menu: { group: 'menu.numbers', icon: 'Share' }, page: () => import('@/pages/overview/TreePage.vue') },
  { name: 'overview-matrix', path: '/overview/populations', title: 'overview.matrix', permission: 'stats.read', menu: { group: 'menu.numbers', icon: 'Grid' }, page: () => import('@/pages/overview/MatrixPage.vue') },
  { name: 'rate-people', path: '/overview/people', title: 'screen.ratePeople', permission: 'resident.read', page: () => import('@/pages/overview/PeoplePage.vue') },

  { name: 'gap', path: '/gap', title: 'gap.title', permission: 'task.read', menu: { group: 'menu.team', icon: 'Aim' }, page: () => import('@/pages/gap/GapPage.vue') },
  { name: 'flags', path: '/flags', title: 'flag.title', permission: 'flag.review', menu: { group: 'menu.team', icon: 'Flag' }, page: () => import('@/pages/flag/FlagsPage.vue') },
  { name: 'capacity', path: '/capacity', title: 'capacity.title', permission: 'stats.read', menu: { group: 'menu.team', icon: 'Odometer' }, page: () => import('@/pages/capacity/CapacityPage.vue') },
  { name: 'handovers', path: '/handovers', title: 'handover.title', permission: 'handover.read', menu: { group: 'menu.team', icon: 'Switch' }, page: () => import('@/pages/handover/HandoversPage.vue') },
  { name: 'handover-new', path: '/handovers/new', title: 'handover.planTitle', permission: 'handover.write', page: () => import('@/pages/handover/HandoverNewPage.vue') },
  { name: 'handover', path: '/handovers/:id(\\d+)', title: 'handover.page', permission: 'handover.read', page: () => import('@/pages/handover/HandoverPage.vue') },

  { name: 'month-report', path: '/reports/monthly', title: 'report.title', permission: 'stats.read', menu: { group: 'menu.numbers', icon: 'Document' }, page: () => import('@/pages/report/MonthReportPage.vue') },
  { name: 'indicator-people', path: '/reports/people', title: 'overview.indicatorPeople', permission: 'resident.read', page: () => import('@/pages/report/IndicatorPeoplePage.vue') },
  { name: 'assessments', path: '/assessments', title: 'assessment.title', permission: 'assessment.read', menu: { group: 'menu.numbers', icon: 'Medal' }, page: () => import('@/pages/assessment/AssessmentsPage.vue') },
  { name: 'assessment', path: '/assessments/:id(\\d+)', title: 'assessment.page', permission: 'assessment.read', page: () => import('@/pages/assessment/AssessmentPage.vue') },
  { name: 'settlements', path: '/settlements', title: 'settlement.title', permission: 'settlement.read', menu: { group: 'menu.numbers', icon: 'Money' }, page: () => import('@/pages/settlement/SettlementsPage.vue') },
  { name: 'settlement', path: '/settlements/:id(\\d+)', title: 'settlement.page', permission: 'settlement.read', page: () => import('@/pages/settlement/SettlementPage.vue') },
  { name: 'exports', path: '/exports', title: 'exports.title', permission: 'export.ask', menu: { group: 'menu.numbers', icon: 'Download' }, page: () => import('@/pages/export/ExportsPage.vue') },
  { name: 'export', path: '/exports/:id(\\d+)', title: 'exports.page', permission: 'export.ask', page: () => import('@/pages/export/ExportPage.vue') },

  { name: 'institutions', path: '/institutions', title: 'org.institutions', permission: ['org.write', 'account.admin'], menu: { group: 'menu.admin', icon: 'OfficeBuilding' }, page: () => import('@/pages/organisation/InstitutionsPage.vue') },
  { name: 'teams', path: '/teams', title: 'org.teams', permission: ['org.write', 'account.admin'], menu: { group: 'menu.admin', icon: 'Avatar' }, page: () => import('@/pages/organisation/TeamsPage.vue') },
  { name: 'team', path: '/teams/:id(\\d+)', title: 'org.team', permission: 'org.read', page: () => import('@/pages/organisation/TeamPage.vue') },
  { name: 'villages', path: '/villages', title: 'org.villages', permission: 'org.write', menu: { group: 'menu.admin', icon: 'MapLocation' }, page: () => import('@/pages/organisation/VillagesPage.vue') },
  { name: 'staff', path: '/staff', title: 'org.staff', permission: ['org.write', 'account.admin'], menu: { group: 'menu.admin', icon: 'Postcard' }, page: () => import('@/pages/organisation/StaffPage.vue') },
  { name: 'imports', path: '/imports', title: 'imports.title', permission: 'import.file', menu: { group: 'menu.admin', icon: 'Upload' }, page: () => import('@/pages/import/ImportsPage.vue') },
  { name: 'import', path: '/imports/:id(\\d+)', title: 'imports.page', permission: 'import.file', page: () => import('@/pages/import/ImportPage.vue') },
  { name: 'packages', path: '/packages', title: 'pack.title', permission: 'org.write', menu: { group: 'menu.admin', icon: 'Box' }, page: () => import('@/pages/catalogue/PackagesPage.vue') },
  { name: 'agreements', path: '/agreements', title: 'template.title', permission: 'catalogue.write', menu: { group: 'menu.admin', icon: 'Notebook' }, page: () => import('@/pages/catalogue/AgreementsPage.vue') },
  { name: 'targets', path: '/targets', title: 'target.title', permission: ['target.write', 'org.write'], menu: { group: 'menu.admin', icon: 'TrendCharts' }, page: () => import('@/pages/catalogue/TargetsPage.vue') },
  { name: 'accounts', path: '/accounts', title: 'account.title', permission: 'account.admin', menu: { group: 'menu.admin', icon: 'Key' }, page: () => import('@/pages/account/AccountsPage.vue') },
  { name: 'audit', path: '/audit', title: 'audit.title', permission: 'audit.read', menu: { group: 'menu.admin', icon: 'List' }, page: () => import('@/pages/audit/AuditPage.vue') },
  { name: 'roles', path: '/roles', title: 'roles.title', permission: ['account.admin', 'audit.read', 'catalogue.write'], menu: { group: 'menu.admin', icon: 'UserFilled' }, page: () => import('@/pages/account/RolesPage.vue') },
  { name: 'policy', path: '/security-policy', title: 'policy.title', permission: ['account.admin', 'audit.read', 'catalogue.write'], menu: { group: 'menu.admin', icon: 'Lock' }, page: () => import('@/pages/audit/PolicyPage.vue') },

  { name: 'resident-new', path: '/residents/new', title: 'screen.residentNew', permission: 'resident.write', page: () => import('@/pages/resident/ResidentNewPage.vue') },
  { name: 'resident', path: '/residents/:id(\\d+)', title: 'screen.resident', permission: 'resident.read', page: () => import('@/pages/resident/ResidentPage.vue') },
  { name: 'resident-edit', path: '/residents/:id(\\d+)/edit', title: 'screen.residentEdit', permission: 'resident.write', page: () => import('@/pages/resident/ResidentEditPage.vue') },
  { name: 'followup-new', path: '/residents/:id(\\d+)/followup', title: 'screen.followupNew', permission: 'followup.write', page: () => import('@/pages/followup/FollowupPage.vue') },

  { name: 'referral-new', path: '/referrals/new', title: 'screenReferral.new', permission: 'referral.write', page: caseNew(() => import('@/pages/referral/referral')) },
  { name: 'referral', path: '/referrals/:id(\\d+)', title: 'screenReferral.one', permission: 'referral.read', page: caseView(() => import('@/pages/referral/referral')) },
  { name: 'complaint-new', path: '/complaints/new', title: 'screenComplaint.new', permission: 'complaint.file', page: caseNew(() => import('@/pages/complaint/complaint')) },
  { name: 'complaint', path: '/complaints/:id(\\d+)', title: 'screenComplaint.one', permission: 'complaint.read', page: caseView(() => import('@/pages/complaint/complaint')) },
  { name: 'consult-new', path: '/consults/new', title: 'screenConsult.new', permission: 'consult.write', page: caseNew(() => import('@/pages/consult/consult')) },
  { name: 'consult', path: '/consults/:id(\\d+)', title: 'screenConsult.one', permission: 'consult.read', page: caseView(() => import('@/pages/consult/consult')) },
  { name: 'discharge-new', path: '/discharges/new', title: 'screenDischarge.new', permission: 'discharge.write', page: caseNew(() => import('@/pages/discharge/discharge')) },
  { name: 'discharge', path: '/discharges/:id(\\d+)', title: 'screenDischarge.one', permission: 'discharge.read', page: caseView(() => import('@/pages/discharge/discharge')) },
  { name: 'home-service-new', path: '/home-services/new', title: 'screenHomeService.new', permission: 'homeservice.ask', page: caseNew(() => import('@/pages/homeservice/homeservice')) },
  { name: 'home-service', path: '/home-services/:id(\\d+)', title: 'screenHomeService.one', permission: 'homeservice.read', page: caseView(() => import('@/pages/homeservice/homeservice')) },
  { name: 'prescription-new', path: '/prescriptions/new', title: 'screenPrescription.new', permission: 'prescription.ask', page: caseNew(() => import('@/pages/prescription/prescription')) },
  { name: 'prescription', path: '/prescriptions/:id(\\d+)', title: 'screenPrescription.one', permission: 'prescription.read', page: caseView(() => import('@/pages/prescription/prescription')) },
  { name: 'event-new', path: '/events/new', title: 'screenEvent.new', permission: 'event.write', page: caseNew(() => import('@/pages/event/event')) },
  { name: 'event', path: '/events/:id(\\d+)', title: 'screenEvent.one', permission: 'event.read', page: caseView(() => import('@/pages/event/event')) },
  { name: 'partner-link-new', path: '/partner-links/new', title: 'screenPartner.new', permission: 'partner.write', page: caseNew(() => import('@/pages/partner/partner')) },
  { name: 'partner-link', path: '/partner-links/:id(\\d+)', title: 'screenPartner.one', permission: 'stats.read', page: caseView(() => import('@/pages/partner/partner')) },
  { name: 'nursing-home', path: '/nursing-homes/:id(\\d+)', title: 'screenHome.one', permission: 'agreement.read', page: () => import('@/pages/home/HomePage.vue') },
  { name: 'home-agreement-new', path: '/home-agreements/new', title: 'screenHome.agreementNew', permission: 'agreement.write', page: caseNew(() => import('@/pages/home/agreement')) },
  { name: 'home-agreement', path: '/home-agreements/:id(\\d+)', title: 'screenHome.agreement', permission: 'agreement.read', page: caseView(() => import('@/pages/home/agreement')) },
  { name: 'privacy-request', path: '/privacy-requests/:id(\\d+)', title: 'screenPrivacy.one', permission: 'privacy.handle', page: caseView(() => import('@/pages/privacy/privacy')) },
  { name: 'contract', path: '/contracts/:id(\\d+)', title: 'screenSign.contract', permission: 'contract.read', page: () => import('@/pages/contract/ContractPage.vue') },
  { name: 'agreement', path: '/contracts/:id(\\d+)/agreement', title: 'screenSign.agreement', permission: 'contract.read', page: () => import('@/pages/contract/AgreementPage.vue') },
  { name: 'message', path: '/messages/:id(\\d+)', title: 'screenMessage.one', permission: 'message.read', page: () => import('@/pages/message/MessagesPage.vue') },
  { name: 'notices', path: '/notices', title: 'screenNotice.list', page: () => import('@/pages/notice/NoticesPage.vue') },
  { name: 'book', path: '/desk/book', title: 'screenDesk.book', permission: 'appointment.book', page: () => import('@/pages/desk/BookPage.vue') },
  { name: 'appointment', path: '/desk/:id(\\d+)', title: 'screenDesk.appointment', permission: 'appointment.read', page: caseView(() => import('@/pages/desk/appointment')) },
  { name: 'schedule-new', path: '/schedules/new', title: 'screenDesk.scheduleNew', permission: 'schedule.write', page: caseNew(() => import('@/pages/desk/schedule')) },
  { name: 'schedule', path: '/schedules/:id(\\d+)', title: 'screenDesk.schedule', permission: 'appointment.read', page: caseView(() => import('@/pages/desk/schedule')) },
]
