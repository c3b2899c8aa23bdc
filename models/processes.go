package models

// Processes are the state tables of all nouns, in the order of the documentation.
var Processes = []interface {
	Drawing() string
	Check() []string
}{
	ContractProcess,
	SettlementProcess,
	AssessmentProcess,
	HandoverProcess,
	ReferralProcess,
	ConsultProcess,
	ScheduleProcess,
	AppointmentProcess,
	HomeServiceProcess,
	PrescriptionProcess,
	ComplaintProcess,
	HomeAgreementProcess,
	CommunityEventProcess,
	PartnerLinkProcess,
	DischargeProcess,
	ConversationProcess,
	PrivacyProcess,
	NoticeProcess,
	ExportProcess,
}
