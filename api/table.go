package api

import (
	"slices"

	"jiayi/handlers"
)

// Routes is the table of contents, one section a noun group.
func Routes(h *handlers.Handlers) []Route {
	return slices.Concat(
		identityRoutes(h),
		organisationRoutes(h),
		residentRoutes(h),
		contractRoutes(h),
		followupRoutes(h),
		entitlementRoutes(h),
		vitalRoutes(h),
		flagRoutes(h),
		settlementRoutes(h),
		assessmentRoutes(h),
		gapRoutes(h),
		handoverRoutes(h),
		referralRoutes(h),
		consultRoutes(h),
		appointmentRoutes(h),
		homeServiceRoutes(h),
		prescriptionRoutes(h),
		complaintRoutes(h),
		surveyRoutes(h),
		nursingHomeRoutes(h),
		eventRoutes(h),
		partnerRoutes(h),
		dischargeRoutes(h),
		conversationRoutes(h),
		noticeRoutes(h),
		privacyRoutes(h),
		statsRoutes(h),
		exportRoutes(h),
		importRoutes(h),
		auditRoutes(h),
	)
}
