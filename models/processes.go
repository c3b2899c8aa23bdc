package models

// Processes are the state tables of all nouns, in the order of the documentation.
var Processes = []interface {
	Drawing() string
	Check() []string
}{
	ContractProcess,
	ComplaintProcess,
	HomeAgreementProcess,
	CommunityEventProcess,
	PartnerLinkProcess,
	PrivacyProcess,
}
