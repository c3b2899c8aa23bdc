package models

import "time"

// TeamStatus is the state of a team.
type TeamStatus string

// The states of a team.
const (
	TeamActive TeamStatus = "active"
	TeamClosed TeamStatus = "closed"
)

// CapacityPerDoctor is the most residents one family doctor signs (domain §1.3, 国卫基层发〔2018〕35号).
const CapacityPerDoctor = 2000

// Team is a family-doctor team: at least one family doctor and one nurse or
// public-health worker (domain §1.3).
type Team struct {
	ID            ID
	Code          string     `gorm:"size:16;not null;uniqueIndex"`
	Name          string     `gorm:"size:64;not null"`
	InstitutionID ID         `gorm:"not null;index"`
	ClinicID      ID         `gorm:"not null;index"` // village clinic the team works in, 0 for centre teams
	LeaderID      ID         `gorm:"not null"`       // staff
	Phone         string     `gorm:"size:32;not null"`
	Hours         string     `gorm:"size:128;not null"`
	Intro         string     `gorm:"size:255;not null"`
	Status        TeamStatus `gorm:"size:16;not null"`
	// Doctors is the number of active family doctors; Load the residents holding a
	// current contract with the team. Both change in the transaction that changes them.
	Doctors   int `gorm:"not null"`
	Load      int `gorm:"column:signed_load;not null"`
	Version   int `gorm:"not null"`
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Capacity is the most residents the team may sign.
func (t Team) Capacity(perDoctor int) int { return perDoctor * t.Doctors }

// MemberRole is a person's part in a team (domain §5.2, R01–R09).
type MemberRole string

// The roles in a team.
const (
	FamilyDoctor   MemberRole = "R01" // 家庭医生(全科医生)
	TeamNurse      MemberRole = "R02"
	PublicHealthDr MemberRole = "R03"
	VillageDoctor  MemberRole = "R04"
	TCMDoctor      MemberRole = "R05"
	Pharmacist     MemberRole = "R06"
	HealthManager  MemberRole = "R07"
	SpecialistDr   MemberRole = "R08"
	TeamAssistant  MemberRole = "R09"
)

// MemberRoleLabels are the Chinese names of the roles.
var MemberRoleLabels = map[MemberRole]string{
	FamilyDoctor: "家庭医生", TeamNurse: "护士", PublicHealthDr: "公共卫生医师", VillageDoctor: "乡村医生", TCMDoctor: "中医师",
	Pharmacist: "药师", HealthManager: "健康管理师", SpecialistDr: "专科医师", TeamAssistant: "团队助理",
}

// Signs tells whether a member of this role is a family doctor in the sense of the capacity rule.
func (r MemberRole) Signs() bool { return r == FamilyDoctor || r == VillageDoctor }

// TeamMember is one person's time in a team.
type TeamMember struct {
	ID      ID
	TeamID  ID         `gorm:"not null;index"`
	StaffID ID         `gorm:"not null;index"`
	Role    MemberRole `gorm:"size:4;not null"`
	Leader  bool       `gorm:"not null"`
	Begin   Date       `gorm:"not null"`
	End     Date       // last day; null while serving
}

// On tells whether the person serves in the team on the day.
func (m TeamMember) On(day Date) bool {
	return !day.Before(m.Begin) && (m.End.IsZero() || !day.After(m.End))
}

// Staff is a person who works at an institution.
type Staff struct {
	ID            ID
	No            string `gorm:"size:16;not null;uniqueIndex"`
	Name          string `gorm:"size:64;not null"`
	Sex           string `gorm:"size:1;not null"`
	InstitutionID ID     `gorm:"not null;index"`
	Title         string `gorm:"size:32;not null"`  // 职称
	CertificateNo string `gorm:"size:32;not null"`  // practice certificate (domain §4.6)
	Phone         string `gorm:"serializer:sealed"` // private phone
	Active        bool   `gorm:"not null"`
	Version       int    `gorm:"not null"`
}

// TableName keeps the uncountable noun.
func (Staff) TableName() string { return "staff" }

// Partner is a partner unit 对口协作单位 (domain §5.3).
type Partner struct {
	ID      ID
	Name    string `gorm:"size:128;not null"`
	Kind    string `gorm:"size:32;not null"` // alliance_hospital, district, city_hospital, nursing_home, school_enterprise, other
	Contact string `gorm:"size:64;not null"`
	Phone   string `gorm:"size:32;not null"`
	Active  bool   `gorm:"not null"`
}

// PartnerKindLabels are the Chinese names of the kinds of partner unit.
var PartnerKindLabels = map[string]string{
	"alliance_hospital": "省部级医联体医院", "district": "区级医疗卫生机构", "city_hospital": "市级医院",
	"nursing_home": "养老机构", "school_enterprise": "学校/企业/机关", "other": "其他协作单位",
}

// TeamPartner links a team with a partner unit for a time.
type TeamPartner struct {
	ID         ID
	TeamID     ID     `gorm:"not null;uniqueIndex:ux_team_partners,priority:1"`
	PartnerID  ID     `gorm:"not null;uniqueIndex:ux_team_partners,priority:2;index"`
	Scope      string `gorm:"size:128;not null"` // 坐诊, 会诊, 带教, …
	Frequency  string `gorm:"size:32;not null"`
	LeadExpert string `gorm:"size:64;not null"`
	Begin      Date   `gorm:"not null"`
	End        Date
}
