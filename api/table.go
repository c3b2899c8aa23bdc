package api

import (
	"slices"

	"jiayi/handlers"
	"jiayi/models"
)

// Routes is the table of contents, one section a noun group.
func Routes(h *handlers.Handlers) []Route {
	rows := slices.Concat(
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
	return append(rows, get("/roles", "list-roles", "角色与权限", models.SignedIn, h.Roles(opens(rows))))
}

// opens tells, by permission, what its routes do.
func opens(rows []Route) map[models.Permission][]string {
	out := map[models.Permission][]string{}
	for _, r := range rows {
		out[r.Permission] = append(out[r.Permission], r.Summary)
	}
	return out
}
