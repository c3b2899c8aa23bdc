package models

// Permission names one thing a role may do. Every route row names one.
type Permission string

// The permissions. Public marks a route that needs no identity; SignedIn one that
// needs any live identity. The Own ones let a person keep the own login, and some of
// them are all that is allowed while a Duty is owed.
const (
	Public   Permission = "public"
	SignedIn Permission = "signed_in"

	OwnAccount  Permission = "own.account"  // see who one is, sign out
	OwnPassword Permission = "own.password" // staff
	OwnTOTP     Permission = "own.totp"     // staff
	OwnBinding  Permission = "own.binding"  // residents

	ResidentRead    Permission = "resident.read"
	ResidentWrite   Permission = "resident.write"   // create, correct, move, households, guardians
	ResidentReveal  Permission = "resident.reveal"  // read ID number, phone and address in clear, with a reason
	ResidentMerge   Permission = "resident.merge"   // merge duplicates
	PopulationWrite Permission = "population.write" // key-population membership

	ContractRead      Permission = "contract.read"
	ContractApply     Permission = "contract.apply"     // resident applies, staff signs on site
	ContractReview    Permission = "contract.review"    // accept or reject an application
	ContractConfirm   Permission = "contract.confirm"   // resident confirms an offer
	ContractCancel    Permission = "contract.cancel"    // withdraw what is not yet in force
	ContractRenew     Permission = "contract.renew"     //
	ContractTerminate Permission = "contract.terminate" //
	ContractTransfer  Permission = "contract.transfer"  //
	ContractDispute   Permission = "contract.dispute"   // a resident says "I never signed this"
	ContractSettle    Permission = "contract.settle"    // a manager settles a dispute
	ContractOverride  Permission = "contract.override"  // sign past a team's capacity, with a reason

	FollowupRead   Permission = "followup.read"
	FollowupWrite  Permission = "followup.write"
	ClinicalRead   Permission = "clinical.read"   // forms and trial assessments
	FollowupAnswer Permission = "followup.answer" // a resident confirms or denies a visit
	VitalRead      Permission = "vital.read"
	VitalWrite     Permission = "vital.write" // enter a reading: staff any, a resident the own
	FlagReview     Permission = "flag.review" // see doubtful visits, accept or void them
	TaskRead       Permission = "task.read"
	TaskWrite      Permission = "task.write" // note attempts, close what cannot be done
	TaskAssign     Permission = "task.assign"

	OrgRead        Permission = "org.read"
	OrgWrite       Permission = "org.write"       // villages, teams and staff
	CatalogueWrite Permission = "catalogue.write" // what the district decides: institutions, service packages, the agreement text
	StatsRead      Permission = "stats.read"
	TargetWrite    Permission = "target.write"
	ImportFile     Permission = "import.file"
	AuditRead      Permission = "audit.read"

	AccountAdmin Permission = "account.admin"
)

// Role is what an account may be. Duties are separated: the system administrator
// keeps accounts and sees no patient, the auditor sees only the audit (domain §5.2, §8.2).
type Role string

// The roles.
const (
	DistrictManager    Role = "district_manager"
	InstitutionManager Role = "institution_manager"
	TeamLead           Role = "team_lead"
	Doctor             Role = "doctor"
	Nurse              Role = "nurse"
	Assistant          Role = "assistant"
	Auditor            Role = "auditor"
	SystemAdmin        Role = "system_admin"
	ReferralCentre     Role = "referral_centre"
	ComplaintOfficer   Role = "complaint_officer"
	ResidentRole       Role = "resident"
	SystemRole         Role = "system"
)

// Reach is how far a role's data scope extends.
type Reach uint8

// The reaches. NoReach sees no patient at all.
const (
	NoReach          Reach = iota
	OwnReach               // oneself and the people one is guardian of
	TeamReach              // residents of the team's villages and residents signed with it
	InstitutionReach       // the same for every team of the institution
	DistrictReach
)

// RoleSpec is one row of the table of roles.
type RoleSpec struct {
	Role        Role
	Label       string // Chinese
	Reach       Reach
	SecondOTP   bool // must use a one-time password (domain §8.2 d)
	Permissions []Permission
}

var clinicalStaff = []Permission{
	ResidentRead, ResidentWrite, ResidentReveal, PopulationWrite,
	ContractRead, ContractApply, ContractReview, ContractCancel, ContractRenew, ContractTerminate, ContractTransfer,
	FollowupRead, FollowupWrite, VitalRead, VitalWrite, ClinicalRead, TaskRead, TaskWrite, OrgRead, StatsRead,
	ReferralRead, ReferralWrite, ReferralConsent, ReferralReceive, ConsultRead, ConsultWrite, ConsultAnswer, DischargeRead, DischargeWrite,
	AppointmentRead, AppointmentBook, AppointmentDesk, MessageRead, MessageWrite, HomeServiceRead, HomeServiceAsk, HomeServiceRun,
	PrescriptionRead, PrescriptionAsk, PrescriptionSign, PrescriptionTest, ComplaintRead, ComplaintAnswer, SurveyRead, AgreementRead, RoundWrite, EventRead, EventWrite, HandoverRead, AssessmentRead, NoticeFollow, ExportAsk,
}

// leadStaff may also look into what others recorded, and share out the work.
var leadStaff = with(clinicalStaff, FlagReview, TaskAssign, ScheduleWrite, PartnerWrite)

// managers run an institution or the district.
var managers = with(leadStaff, ResidentMerge, ContractSettle, ImportFile, AgreementWrite, ComplaintHandle, PrivacyHandle, SettlementRead, HandoverWrite, OrgWrite, ExportApprove)

// Roles is the one table of roles.
var Roles = []RoleSpec{
	{DistrictManager, "区级管理员", DistrictReach, true, with(managers, ContractOverride, TargetWrite, ReferralAssign, SettlementWrite, AssessmentWrite, CatalogueWrite)},
	{InstitutionManager, "机构管理员", InstitutionReach, false, managers},
	{TeamLead, "团队长", TeamReach, false, leadStaff},
	{Doctor, "家庭医生", TeamReach, false, clinicalStaff},
	{Nurse, "护士", TeamReach, false, without(clinicalStaff, ResidentReveal, ContractReview, ContractTerminate, ContractTransfer, PrescriptionSign, PrescriptionTest, ConsultAnswer, ExportAsk)},
	{Assistant, "团队助理", TeamReach, false, []Permission{ResidentRead, ContractRead, TaskRead, TaskWrite, AppointmentRead, AppointmentBook, AppointmentDesk, EventRead, EventWrite, NoticeFollow, OrgRead}},
	{Auditor, "安全审计员", NoReach, true, []Permission{AuditRead, OrgRead}},
	{SystemAdmin, "系统管理员", NoReach, true, []Permission{AccountAdmin, OrgRead}},
	{ReferralCentre, "转诊服务中心", DistrictReach, false, []Permission{ReferralRead, ReferralReceive, ReferralAssign, DischargeRead, DischargeWrite, OrgRead}},
	{ComplaintOfficer, "诉求管理员", DistrictReach, false, []Permission{ComplaintRead, ComplaintFile, ComplaintHandle, SurveyRead, OrgRead}},
	{ResidentRole, "居民", OwnReach, false, []Permission{
		ResidentRead, ContractRead, ContractApply, ContractConfirm, ContractCancel, ContractRenew,
		ContractTerminate, ContractTransfer, ContractDispute, FollowupRead, FollowupAnswer, VitalRead, VitalWrite, ClinicalRead, OrgRead,
		ReferralRead, ReferralConsent, AppointmentRead, AppointmentBook, MessageRead, MessageWrite, HomeServiceRead, HomeServiceAsk, PrescriptionRead, PrescriptionAsk,
		ComplaintRead, ComplaintFile, SurveyAnswer, EventRead, PrivacyOwn,
	}},
	{SystemRole, "系统", DistrictReach, false, with(managers, ContractOverride, ContractConfirm, TargetWrite, ReferralAssign, SettlementWrite, AssessmentWrite, CatalogueWrite, ComplaintFile, AuditRead, AccountAdmin)},
}

func with(ps []Permission, more ...Permission) []Permission {
	return append(append([]Permission{}, ps...), more...)
}

func without(ps []Permission, less ...Permission) []Permission {
	var out []Permission
next:
	for _, p := range ps {
		for _, l := range less {
			if p == l {
				continue next
			}
		}
		out = append(out, p)
	}
	return out
}

var grants = func() map[Role]map[Permission]bool {
	m := map[Role]map[Permission]bool{}
	for _, r := range Roles {
		m[r.Role] = map[Permission]bool{
			Public: true, SignedIn: true, OwnAccount: true,
			OwnPassword: r.Role.OfStaff(), OwnTOTP: r.Role.OfStaff(), OwnBinding: r.Role == ResidentRole,
		}
		for _, p := range r.Permissions {
			m[r.Role][p] = true
		}
	}
	return m
}()

// Spec returns the row of the role; ok is false for an unknown role.
func (r Role) Spec() (spec RoleSpec, ok bool) {
	for _, s := range Roles {
		if s.Role == r {
			return s, true
		}
	}
	return RoleSpec{}, false
}

// Has tells whether the role holds the permission; an unknown role holds none.
func (r Role) Has(p Permission) bool { return p == Public || grants[r][p] }

// OfStaff tells whether the role can be an account's: a known one that is neither the
// residents' nor the system's.
func (r Role) OfStaff() bool {
	_, known := r.Spec()
	return known && r != ResidentRole && r != SystemRole
}
