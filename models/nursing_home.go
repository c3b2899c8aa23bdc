package models

import (
	"slices"
	"strings"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models/codes"
)

// NursingHome is an institution where elders live 养老机构 (domain §6.9).
type NursingHome struct {
	ID        ID
	Name      string `gorm:"size:128;not null;uniqueIndex"`
	USCC      string `gorm:"column:uscc;size:18;not null"` // 统一社会信用代码
	Address   string `gorm:"size:255;not null"`            // public address
	Contact   string `gorm:"serializer:sealed"`            // person to speak to
	Phone     string `gorm:"serializer:sealed"`
	Beds      int    `gorm:"not null"`
	Version   int    `gorm:"not null"`
	CreatedAt time.Time
	UpdatedAt time.Time
}

// MaxBeds is the most beds of a home that can be right.
const MaxBeds = 5000

// Check notes every field that breaks a rule.
func (h NursingHome) Check(p *Problems) {
	CheckNote(p, "name", "机构名称", h.Name, 100)
	if u, err := codes.ParseUSCC(h.USCC); err != nil || u.Number != h.USCC {
		p.Add("uscc", "format", "统一社会信用代码不正确")
	}
	CheckName(p, "contact", h.Contact)
	if _, err := codes.ParsePhone(h.Phone); err != nil {
		p.Add("phone", "format", "联系电话格式不正确")
	}
	if h.Beds < 1 || h.Beds > MaxBeds {
		p.Add("beds", "out_of_range", "床位数应为1至5000")
	}
	if len([]rune(h.Address)) > 100 {
		p.Add("address", "too_long", "地址不能超过100个字")
	}
}

// AgreedService is what the medical institution promises a home (domain §6.9).
type AgreedService string

// AgreedServices are the services, in order, with their Chinese names.
var AgreedServices = []struct {
	Code  AgreedService
	Label string
}{{"rounds", "巡诊"}, {"green_channel", "绿色通道"}, {"referral", "双向转诊"}, {"training", "培训"}, {"pharmacy", "药事服务"}}

// CareModel is one of the four ways of 医养结合 (domain §6.9).
type CareModel string

// CareModelLabels are the Chinese names of the models.
var CareModelLabels = map[CareModel]string{
	"medical_led": "大医疗+小养老", "care_led": "大养老+小医疗", "integrated": "医康养一体化", "network": "分散养老+医疗网络",
}

// HomeAgreementStatus is the state of an agreement with a home.
type HomeAgreementStatus string

// The states.
const (
	HomeDraft      HomeAgreementStatus = "draft"
	HomeActive     HomeAgreementStatus = "active"
	HomeSuspended  HomeAgreementStatus = "suspended"
	HomeExpired    HomeAgreementStatus = "expired"
	HomeTerminated HomeAgreementStatus = "terminated"
)

// HomeAgreementStatusLabels are the Chinese names of the states.
var HomeAgreementStatusLabels = map[HomeAgreementStatus]string{
	HomeDraft: "拟签", HomeActive: "履行中", HomeSuspended: "已中止", HomeExpired: "已到期", HomeTerminated: "已终止",
}

// Terms of an agreement with a home (domain §6.9).
const (
	RoundsPerWeek     = 1  // promised by default
	MaxRoundsPerWeek  = 7  //
	MaxHomeYears      = 5  //
	HomeRemindBefore  = 60 // days before the end in which the managers are reminded once
	homeWeeksLookedAt = 52 // weeks over which rounds are held against the promise
	MaxRoundNotes     = 500
	daysOfWeek        = 7
)

// HomeAgreement is a contract 医养签约 between a home and a medical institution. The people
// who live in the home keep their own contracts. Its status is written by Move alone.
type HomeAgreement struct {
	ID            ID
	HomeID        ID                  `gorm:"not null;uniqueIndex:ux_home_agreements_live,priority:1"`
	InstitutionID ID                  `gorm:"not null;uniqueIndex:ux_home_agreements_live,priority:2;index"`
	Live          *bool               `gorm:"uniqueIndex:ux_home_agreements_live,priority:3"` // true or NULL: one of a pair is drafted or runs
	Status        HomeAgreementStatus `gorm:"size:16;not null;index:ix_home_agreements_end,priority:1"`
	Model         CareModel           `gorm:"size:16;not null"`
	Services      string              `gorm:"size:128;not null"` // codes with commas between
	PerWeek       int                 `gorm:"not null"`          // rounds promised a week
	BeginOn       Date                `gorm:"not null"`
	EndOn         Date                `gorm:"not null;index:ix_home_agreements_end,priority:2"` // last day
	Version       int                 `gorm:"not null"`
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// HasService tells whether the service is promised.
func (a HomeAgreement) HasService(s AgreedService) bool {
	return slices.Contains(strings.Split(a.Services, ","), string(s))
}

// Check notes every field that breaks a rule.
func (a HomeAgreement) Check(p *Problems) {
	if _, ok := CareModelLabels[a.Model]; !ok {
		p.Add("model", "enum", "没有这一医养结合模式")
	}
	if a.Services == "" {
		p.Add("services", "required", "请选择服务内容")
	}
	for s := range strings.SplitSeq(a.Services, ",") {
		if s != "" && !slices.ContainsFunc(AgreedServices, func(x struct {
			Code  AgreedService
			Label string
		}) bool {
			return string(x.Code) == s
		}) {
			p.Add("services", "enum", "没有这一项服务")
		}
	}
	CheckDistinct(p, "services", strings.Split(a.Services, ","))
	if a.PerWeek < 1 || a.PerWeek > MaxRoundsPerWeek {
		p.Add("rounds_per_week", "out_of_range", "每周巡诊次数应为1至7")
	}
	checkHomeTerm(p, a.BeginOn, a.EndOn)
}

func checkHomeTerm(p *Problems, begin, end Date) {
	switch {
	case begin.IsZero():
		p.Add("begin_on", "required", "请填写开始日期")
	case end.IsZero():
		p.Add("end_on", "required", "请填写结束日期")
	case end.Before(begin):
		p.Add("end_on", "before_begin", "结束日期不能早于开始日期")
	case end.After(TermEnd(begin, MaxHomeYears)):
		p.Add("end_on", "too_long", "协议期限不能超过5年")
	}
}

// HomeRound is one visit 巡诊 of the institution's staff to the home.
type HomeRound struct {
	ID          ID
	AgreementID ID     `gorm:"not null;uniqueIndex:ux_home_rounds,priority:1"`
	On          Date   `gorm:"column:made_on;not null;uniqueIndex:ux_home_rounds,priority:2"`
	StaffID     ID     `gorm:"not null;uniqueIndex:ux_home_rounds,priority:3"`
	People      int    `gorm:"not null"` // seen
	Notes       string `gorm:"serializer:sealed;type:text"`
	EnteredBy   string `gorm:"size:32;not null"`
	CreatedAt   time.Time
}

// Check notes what is wrong with a round under the agreement of a home with so many beds.
func (r HomeRound) Check(p *Problems, a HomeAgreement, beds int, today Date) {
	switch {
	case r.On.IsZero():
		p.Add("on", "required", "请填写巡诊日期")
	case r.On.After(today):
		p.Add("on", "future", "巡诊日期不能晚于今天")
	case r.On.Before(a.BeginOn) || r.On.After(a.EndOn):
		p.Add("on", "out_of_term", "巡诊日期不在协议期内")
	}
	if r.People < 0 || r.People > beds {
		p.Add("people", "out_of_range", "服务人数不能为负,也不能超过床位数")
	}
	if len([]rune(r.Notes)) > MaxRoundNotes {
		p.Add("notes", "too_long", "巡诊记录不能超过500个字")
	}
}

// Pause is a time in which an agreement was suspended, its last day zero while it is.
type Pause struct{ From, To Date }

// Kept holds the rounds against the promise: over the last 52 whole weeks of the term, from
// its first day, without weeks that touch a pause, how many rounds were promised and how
// many made, more in one week not making up for less in another.
func (a HomeAgreement) Kept(rounds []Date, pauses []Pause, today Date) (done, expected int) {
	weeks := (calendar.Earlier(a.EndOn, today.AddDays(-1)).Sub(a.BeginOn) + 1) / daysOfWeek
	for week := max(0, weeks-homeWeeksLookedAt); week < weeks; week++ {
		first := a.BeginOn.AddDays(week * daysOfWeek)
		last := first.AddDays(daysOfWeek - 1)
		if slices.ContainsFunc(pauses, func(p Pause) bool { return !p.From.After(last) && (p.To.IsZero() || !p.To.Before(first)) }) {
			continue
		}
		made := 0
		for _, on := range rounds {
			if !on.Before(first) && !on.After(last) {
				made++
			}
		}
		expected += a.PerWeek
		done += min(made, a.PerWeek)
	}
	return done, expected
}

// HomeStay is a resident's time in a home. A person lives in one home at a time.
type HomeStay struct {
	ID         ID
	ResidentID ID    `gorm:"not null;uniqueIndex:ux_home_stays_open,priority:1"`
	HomeID     ID    `gorm:"not null;index"`
	Open       *bool `gorm:"uniqueIndex:ux_home_stays_open,priority:2"` // true or NULL
	Begin      Date  `gorm:"not null"`
	End        Date  // last day; null while living there
	CreatedAt  time.Time
}
