package models

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// LifeStatus is whether a resident still belongs to the district.
type LifeStatus string

// The life states. Only Living residents are counted, signed and cared for.
const (
	Living   LifeStatus = "living"
	Dead     LifeStatus = "dead"
	MovedOut LifeStatus = "moved_out"
	Merged   LifeStatus = "merged" // a duplicate; MergedIntoID is the surviving record
)

// Resident is a person of the district under the real name. ID number, phone and
// address are sealed in the database and found again through keyed blind indexes.
type Resident struct {
	ID            ID
	RecordNo      string     `gorm:"size:17;not null;uniqueIndex"` // 健康档案编号 (domain §4.4), never reused
	Name          string     `gorm:"size:64;not null;index"`
	Initials      string     `gorm:"size:32;not null;index"` // pinyin initials, lower case: 张三 → zs
	Sex           string     `gorm:"size:1;not null"`        // GB/T 2261.1
	BirthDate     Date       `gorm:"not null;index"`
	DocumentType  string     `gorm:"size:2;not null"`   // domain §4.2
	DocumentNo    string     `gorm:"serializer:sealed"` // ID number
	DocumentIndex *string    `gorm:"size:64;uniqueIndex"`
	Phone         string     `gorm:"serializer:sealed"`
	PhoneIndex    string     `gorm:"size:64;not null;index"`
	Address       string     `gorm:"serializer:sealed"`
	AddressKind   string     `gorm:"size:16;not null"` // home, nursing_home
	Nationality   string     `gorm:"size:2;not null"`
	Permanent     bool       `gorm:"not null"` // 常住: at least 6 months in the district
	VillageID     ID         `gorm:"not null;index"`
	HouseholdID   ID         `gorm:"not null;index"`
	HouseRelation string     `gorm:"size:2;not null"` // relation to the head, GB/T 4761
	AreaTeamID    ID         `gorm:"not null;index"`  // team of responsibility of the village
	AreaInstID    ID         `gorm:"not null;index"`
	SignedTeamID  ID         `gorm:"not null;index"` // team of the contract in force, or 0
	SignedInstID  ID         `gorm:"not null;index"`
	Status        LifeStatus `gorm:"size:16;not null"`
	StatusOn      Date       // date of death, of moving out or of the merge
	StatusReason  string     `gorm:"size:128;not null"`
	MergedIntoID  ID         `gorm:"not null"`
	Standing      Standing   `gorm:"embedded"`
	Version       int        `gorm:"not null"`
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Age is the completed years on the day.
func (r Resident) Age(on Date) int { return r.BirthDate.AgeOn(on) }

// MaxNameLength is the longest name, in characters: minority names with their dots fit.
const MaxNameLength = 50

// CheckName notes what is wrong with a person's name: Chinese characters, Latin
// letters, and the middle dot, hyphen, apostrophe or space inside it.
func CheckName(p *Problems, field, name string) {
	n := utf8.RuneCountInString(name)
	switch {
	case strings.TrimSpace(name) == "":
		p.Add(field, "required", "请填写姓名")
		return
	case n > MaxNameLength:
		p.Add(field, "too_long", "姓名不能超过50个字")
		return
	}
	for i, r := range name {
		inside := i > 0 && i < len(name)-utf8.RuneLen(r)
		if unicode.Is(unicode.Han, r) || unicode.IsLetter(r) && r < 0x250 || inside && strings.ContainsRune("·•・.- '’", r) {
			continue
		}
		p.Add(field, "charset", "姓名只能包含汉字、字母和间隔号")
		return
	}
}

// Household is a family living together; the head has relation 0 or 02.
type Household struct {
	ID        ID
	No        string `gorm:"size:64;not null;uniqueIndex"` // "H" + record number, or village code + "-" + the county's own number
	VillageID ID     `gorm:"not null;index"`
	HeadID    ID     `gorm:"not null"`
	Version   int    `gorm:"not null"`
}

// Guardian lets one resident act for another: a parent for a child, a daughter for
// her mother. It rests on a recorded relation and consent and ends after a year
// unless renewed (domain §7.5).
type Guardian struct {
	ID         ID
	GuardianID ID     `gorm:"not null;uniqueIndex:ux_guardians_open,priority:1"`
	WardID     ID     `gorm:"not null;uniqueIndex:ux_guardians_open,priority:2;index"`
	Active     *bool  `gorm:"uniqueIndex:ux_guardians_open,priority:3"` // true or NULL: one open row per pair
	Relation   string `gorm:"size:2;not null"`                          // of the guardian to the ward, GB/T 4761
	Consent    string `gorm:"size:32;not null"`                         // how the ward agreed: minor, incapacity, on_site, phone
	Evidence   string `gorm:"size:255;not null"`
	Begin      Date   `gorm:"not null"`
	End        Date   `gorm:"not null"`
	CreatedAt  time.Time
}

// AgeOfConsent is the age below which a guardian signs and consents (civil capacity, 18).
const AgeOfConsent = 18

// On tells whether the guardian may act on the day.
func (g Guardian) On(day Date) bool {
	return g.Active != nil && *g.Active && !day.Before(g.Begin) && !day.After(g.End)
}
