package store

import "jiayi/models"

// tables are all nouns with a table of their own; a test holds the migrations against them.
var tables = []any{
	&models.Institution{}, &models.Alliance{}, &models.AllianceMember{}, &models.Village{},
	&models.Team{}, &models.Staff{}, &models.TeamMember{}, &models.Partner{}, &models.TeamPartner{},
	&models.Household{}, &models.Resident{}, &models.Guardian{}, &models.Membership{},
	&models.Package{}, &models.PackageItem{}, &models.Template{},
	&models.Contract{}, &models.ContractPackage{}, &models.ContractEvent{}, &models.Agreement{}, &models.HouseholdSigning{}, &models.Dispute{}, &models.Event{},
	&models.Referral{}, &models.Consult{}, &models.Discharge{}, &models.DischargeCall{},
	&models.Encounter{}, &models.Followup{}, &models.Flag{}, &models.Task{}, &models.Attempt{}, &models.Pregnancy{},
	&models.TallyEntry{}, &models.CareStanding{}, &models.CareEntry{}, &models.Tally{}, &models.TallyDay{}, &models.Target{},
	&models.Vital{}, &models.VitalAlert{}, &models.GapItem{}, &models.GapContact{},
	&models.Settlement{}, &models.SettlementLine{}, &models.AssessmentScheme{}, &models.SchemeItem{}, &models.Assessment{}, &models.AssessmentScore{}, &models.AssessmentLine{},
	&models.Handover{}, &models.HandoverVillage{}, &models.HandoverResident{},
	&models.Account{}, &models.WechatAccount{}, &models.Binding{}, &models.Throttle{}, &models.Session{}, &models.RefreshToken{},
	&models.AuditRow{}, &models.AuditSeal{}, &models.AuditUnsealed{}, &models.Message{}, &models.SubscribeQuota{},
	&models.Schedule{}, &models.ScheduleSlot{}, &models.Appointment{}, &models.HomeService{}, &models.Prescription{}, &models.PrescriptionLine{}, &models.Conversation{}, &models.ChatMessage{},
	&models.IdempotencyKey{}, &models.Sequence{}, &models.Lease{}, &models.JobRun{},
	&models.Complaint{}, &models.Survey{},
	&models.NursingHome{}, &models.HomeAgreement{}, &models.HomeRound{}, &models.HomeStay{},
	&models.PartnerSession{}, &models.Consent{}, &models.PrivacyRequest{}, &models.CommunityEvent{}, &models.EventTeam{}, &models.EventCheckIn{},
	&models.Export{}, &models.Import{}, &models.ImportError{}, &models.ImportMark{},
}
