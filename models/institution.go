package models

import "time"

// InstitutionLevel places an institution in the district's tree (domain §5.1).
type InstitutionLevel string

// The levels.
const (
	DistrictAdmin      InstitutionLevel = "district_admin"
	LeadHospital       InstitutionLevel = "lead_hospital"
	Specialist         InstitutionLevel = "specialist"
	PublicHealth       InstitutionLevel = "public_health"
	RegionalSubcentre  InstitutionLevel = "regional_subcentre"
	CommunityHospital  InstitutionLevel = "community_hospital"
	Township           InstitutionLevel = "township"
	Station            InstitutionLevel = "station"
	ExtensionPoint     InstitutionLevel = "extension_point"
	VillageClinicLevel InstitutionLevel = "village_clinic"
)

// InstitutionLevelLabels are the Chinese names of the levels.
var InstitutionLevelLabels = map[InstitutionLevel]string{
	DistrictAdmin: "区卫生健康局", LeadHospital: "牵头医院", Specialist: "专科医院", PublicHealth: "公共卫生机构",
	RegionalSubcentre: "区域医疗次中心", CommunityHospital: "社区医院", Township: "乡镇卫生院", Station: "社区卫生服务站",
	ExtensionPoint: "延伸服务点", VillageClinicLevel: "村卫生室",
}

// Institution is one node of the district's tree: the bureau, a hospital, one of the
// primary institutions that hold teams, or a village clinic below one of them.
type Institution struct {
	ID        ID
	ParentID  ID               `gorm:"not null;index"`
	Path      string           `gorm:"size:128;not null;index"` // "/1/5/23/": ids from the root, for subtrees
	Level     InstitutionLevel `gorm:"size:32;not null;index"`
	Code      string           `gorm:"size:32;not null;uniqueIndex"` // district-wide code
	Name      string           `gorm:"size:128;not null"`
	USCC      string           `gorm:"column:uscc;size:18;not null"` // 统一社会信用代码; clinics may have none
	LicenceNo string           `gorm:"size:22;not null"`             // 医疗机构执业许可证登记号
	Phone     string           `gorm:"size:32;not null"`             // public service phone
	Address   string           `gorm:"size:255;not null"`            // public address
	ThreeHigh string           `gorm:"size:16;not null"`             // home, base or centre of 三高共管 (§2.4), or ""
	Active    bool             `gorm:"not null"`
	Version   int              `gorm:"not null"`
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Alliance is a hospital alliance that an institution may belong to beside the tree (domain §5.1).
type Alliance struct {
	ID      ID
	Name    string `gorm:"size:128;not null"`
	Kind    string `gorm:"size:32;not null"` // medical_community 紧密型医共体, alliance 医联体, specialist 专科联盟
	Pattern string `gorm:"size:16;not null"` // "1+3+10+N", "2+5+N", …
	LeadID  ID     `gorm:"not null"`
}

// AllianceMember links an institution to an alliance and says which part of the pattern it is.
type AllianceMember struct {
	ID            ID
	AllianceID    ID     `gorm:"not null;uniqueIndex:ux_alliance_members,priority:1"`
	InstitutionID ID     `gorm:"not null;uniqueIndex:ux_alliance_members,priority:2;index"`
	Part          string `gorm:"size:8;not null"` // "1", "2", "3", "5", "10", "N"
}

// Village is a village or neighbourhood: the grid unit. It has exactly one team of
// responsibility, which cares for its unsigned residents too (domain §5.4).
type Village struct {
	ID            ID
	Code          string `gorm:"size:14;not null;uniqueIndex"` // 12-digit division + 2 digits of the grid
	EHRCode       string `gorm:"column:ehr_code;size:12;not null;index"`
	StatCode      string `gorm:"size:12;not null"`
	Name          string `gorm:"size:64;not null;index"`
	Town          string `gorm:"size:64;not null"`
	InstitutionID ID     `gorm:"not null;index"`
	ClinicID      ID     `gorm:"not null"`
	TeamID        ID     `gorm:"not null;index"` // team of responsibility 责任团队
	GridWorker    string `gorm:"size:64;not null"`
	Version       int    `gorm:"not null"`
}
