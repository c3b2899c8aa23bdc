package models

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jiayi/models/clinical"
)

// HomeServiceStatus is the state of a service at home (domain §6.4).
type HomeServiceStatus string

// The states.
const (
	HomeApplied   HomeServiceStatus = "applied"
	HomeAssessed  HomeServiceStatus = "assessed"
	HomeRefused   HomeServiceStatus = "refused"
	HomeAssigned  HomeServiceStatus = "assigned"
	HomeDeparted  HomeServiceStatus = "departed"
	HomeArrived   HomeServiceStatus = "arrived"
	HomeServed    HomeServiceStatus = "served"
	HomePaid      HomeServiceStatus = "paid"
	HomeRated     HomeServiceStatus = "rated"
	HomeCancelled HomeServiceStatus = "cancelled"
)

// HomeServiceStatusLabels are the Chinese names of the states.
var HomeServiceStatusLabels = map[HomeServiceStatus]string{
	HomeApplied: "待评估", HomeAssessed: "待派单", HomeRefused: "评估未通过", HomeAssigned: "已派单", HomeDeparted: "已出发", HomeArrived: "已到达",
	HomeServed: "已服务", HomePaid: "已结算", HomeRated: "已评价", HomeCancelled: "已取消",
}

// HomeApplicants are who may apply, by code (domain §6.4).
var HomeApplicants = []struct{ Code, Label string }{
	{"incapable", "失能"}, {"aged", "高龄"}, {"disabled", "残疾"}, {"postoperative", "术后"}, {"terminal", "临终"},
}

// HomeApplicantLabel is the Chinese name of a kind of applicant, "" for an unknown one.
func HomeApplicantLabel(code string) string {
	for _, a := range HomeApplicants {
		if a.Code == code {
			return a.Label
		}
	}
	return ""
}

// HomeItem is one service of the list of what may be done at home (domain §6.4). A visit that
// does it delivers Service, where one of the package items means the same, so that it counts
// as fulfilment.
type HomeItem struct {
	Code, Label string
	Service     clinical.Service
	Injection   bool // only where the district allows it
}

// HomeItems is the list.
var HomeItems = []HomeItem{
	{"vitals", "测血压血糖", "", false},
	{"dressing", "换药", "home_nursing", false},
	{"catheter", "导尿护理", "wound_care", false},
	{"nasal_tube", "鼻饲管护理", "wound_care", false},
	{"pressure_sore", "压疮护理", "wound_care", false},
	{"blood_draw", "静脉采血", "", false},
	{"rehab", "康复指导", "rehab", false},
	{"tcm", "中医适宜技术", "", false},
	{"nursing_guide", "居家护理指导", "home_nursing", false},
	{"injection", "肌内或皮下注射", "", true},
	{"infusion", "静脉输液", "", true},
}

// HomeItemOf returns the row of the code.
func HomeItemOf(code string) (HomeItem, bool) {
	i := slices.IndexFunc(HomeItems, func(h HomeItem) bool { return h.Code == code })
	if i < 0 {
		return HomeItem{}, false
	}
	return HomeItems[i], true
}

// SafetyChecks are what an assessment must find before anyone goes (domain §6.4).
var SafetyChecks = []struct{ Code, Label string }{
	{"eligible", "符合上门服务对象范围"}, {"stable", "病情稳定,适合居家服务"}, {"home_safe", "居家环境安全,适合操作"},
	{"carer_present", "服务时有家属或照护者在场"}, {"consent", "本人或监护人知情同意"},
}

// Limits of a service at home.
const (
	HomeAssessDays   = 1  // working days to assess
	HomeAheadDays    = 30 // the farthest day that can be wished or agreed
	FirstVisitStaff  = 2  // people who go the first time
	MaxHomeStaff     = 5
	MaxHomeNote      = 200
	MaxHomeFee       = 1_000_000 // cents
	MaxHomeItemsDone = 20
)

// Words is a set of codes, kept with a blank between them in the order given.
type Words string

// WordsOf joins codes without repetitions.
func WordsOf(list []string) Words {
	var out []string
	for _, w := range list {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return Words(strings.Join(out, " "))
}

// List is the set as a list.
func (w Words) List() []string { return strings.Fields(string(w)) }

// HomeService is one service at the home of a resident, from the application to the rating.
type HomeService struct {
	ID            ID
	ResidentID    ID                `gorm:"not null;index:ix_home_services_resident,priority:1"`
	TeamID        ID                `gorm:"not null;index:ix_home_services_team,priority:1"`
	InstitutionID ID                `gorm:"not null;index:ix_home_services_inst,priority:1"`
	Status        HomeServiceStatus `gorm:"size:16;not null;index:ix_home_services_team,priority:2;index:ix_home_services_inst,priority:2;index:ix_home_services_due,priority:1"`
	// Open is true until it is served, refused or cancelled.
	Open      bool   `gorm:"column:is_open;not null;index:ix_home_services_resident,priority:2"`
	Applicant string `gorm:"size:16;not null"`
	Items     Words  `gorm:"size:128;not null"` // asked for
	Address   string `gorm:"serializer:sealed"`
	Note      string `gorm:"serializer:sealed"`
	AppliedBy string `gorm:"size:32;not null"`
	WishOn    Date
	// DueOn is the day by which the next step is due: the assessment, then the visit.
	DueOn       Date       `gorm:"index:ix_home_services_due,priority:2"`
	Checks      Words      `gorm:"size:128;not null"` // what the assessment found
	AssessedBy  ID         `gorm:"not null"`          // staff
	VisitOn     Date       //
	First       bool       `gorm:"not null"`          // nobody has served the resident at home before
	Staff       Words      `gorm:"size:64;not null"`  // ids of who goes
	Position    string     `gorm:"serializer:sealed"` // "lng,lat" on arrival
	Photo       string     `gorm:"size:64;not null"`  // reference to a picture on arrival, "" for none
	ArrivedAt   *time.Time //
	Done        Words      `gorm:"size:128;not null"` // items
	Consumables string     `gorm:"serializer:sealed"`
	Signature   string     `gorm:"serializer:sealed;type:text"` // data URL
	ServedOn    Date       //
	EncounterID ID         `gorm:"not null"` // the visit it counts as, 0 when no item is a service of a package
	FeeCents    int64      `gorm:"not null"`
	Rating      int        `gorm:"not null"` // 1–5, 0 for none
	RatingText  string     `gorm:"serializer:sealed"`
	Version     int        `gorm:"not null"`
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// checkItems holds items to the list; injections are off unless the district allows them.
func checkItems(p *Problems, field string, items []string, injections bool) {
	if len(items) == 0 || len(items) > MaxHomeItemsDone {
		p.Add(field, "required", "请选择服务项目")
	}
	for i, code := range items {
		item, ok := HomeItemOf(code)
		switch at := fmt.Sprintf("%s[%d]", field, i); {
		case !ok:
			p.Add(at, "enum", "服务项目不在可选范围内")
		case item.Injection && !injections:
			p.Add(at, "not_allowed", "本区未开展上门"+item.Label+"服务")
		}
	}
}

// Check notes what is wrong with an application on the day.
func (h HomeService) Check(p *Problems, injections bool, today Date) {
	if HomeApplicantLabel(h.Applicant) == "" {
		p.Add("applicant", "enum", "服务对象不在可选范围内")
	}
	checkItems(p, "items", h.Items.List(), injections)
	CheckNote(p, "address", "上门地址", h.Address, 100)
	if h.Note != "" {
		CheckNote(p, "note", "说明", h.Note, MaxHomeNote)
	}
	checkHomeDay(p, "wish_on", h.WishOn, today)
}

// checkHomeDay holds a day, if any, to the days ahead.
func checkHomeDay(p *Problems, field string, day, today Date) {
	switch {
	case day.IsZero():
	case day.Before(today):
		p.Add(field, "past", "日期不能早于今天")
	case day.Sub(today) > HomeAheadDays:
		p.Add(field, "too_far", "日期不能晚于30天之后")
	}
}

// Services are the services of packages that the items done deliver.
func (h HomeService) Services() []clinical.Service {
	var out []clinical.Service
	for _, code := range h.Done.List() {
		if item, ok := HomeItemOf(code); ok && item.Service != "" && !slices.Contains(out, item.Service) {
			out = append(out, item.Service)
		}
	}
	return out
}
