package models

import (
	"strings"
	"time"
	"unicode/utf8"
)

// ConsultKind is what a centre of the district is asked for (domain §6.3).
type ConsultKind string

// The kinds.
const (
	ConsultOpinion ConsultKind = "opinion"
	ConsultImaging ConsultKind = "imaging"
	ConsultECG     ConsultKind = "ecg"
	ConsultLab     ConsultKind = "lab"
)

// ConsultKinds are the kinds in the order of domain §6.3.
var ConsultKinds = []ConsultKind{ConsultOpinion, ConsultImaging, ConsultECG, ConsultLab}

// ConsultKindLabels are the Chinese names of the kinds.
var ConsultKindLabels = map[ConsultKind]string{ConsultOpinion: "远程会诊", ConsultImaging: "远程影像", ConsultECG: "远程心电", ConsultLab: "远程检验"}

// The report of a consult is due so long after it was asked for (domain §6.3).
const (
	EmergencyReport = 30 * time.Minute
	OrdinaryReport  = 24 * time.Hour
)

// ConsultStatus is the state of a remote consult.
type ConsultStatus string

// The states.
const (
	ConsultRequested  ConsultStatus = "requested"
	ConsultAccepted   ConsultStatus = "accepted"
	ConsultInProgress ConsultStatus = "in_progress"
	ConsultReported   ConsultStatus = "reported"
	ConsultSigned     ConsultStatus = "signed"
	ConsultClosed     ConsultStatus = "closed"
	ConsultRejected   ConsultStatus = "rejected"
	ConsultCancelled  ConsultStatus = "cancelled"
)

// ConsultStatusLabels are the Chinese names of the states.
var ConsultStatusLabels = map[ConsultStatus]string{
	ConsultRequested: "待受理", ConsultAccepted: "已受理", ConsultInProgress: "进行中", ConsultReported: "已出报告", ConsultSigned: "报告已签发",
	ConsultClosed: "已结束", ConsultRejected: "已拒绝", ConsultCancelled: "已撤销",
}

// ConsultUnreported are the states in which the report is waited for, ConsultOpen those of a
// consult that is not over: the centre has to do with the resident, and may read it.
var (
	ConsultUnreported = []ConsultStatus{ConsultRequested, ConsultAccepted, ConsultInProgress}
	ConsultOpen       = append([]ConsultStatus{ConsultReported, ConsultSigned}, ConsultUnreported...)
)

// Consult is a question of a team to a centre of the district about a resident, and its
// answer (domain §6.3).
type Consult struct {
	ID            ID
	No            string      `gorm:"size:32;not null;uniqueIndex"` // YC + region + date + number of the day
	Kind          ConsultKind `gorm:"size:16;not null"`
	Emergency     bool        `gorm:"not null"`
	ResidentID    ID          `gorm:"not null;index"`
	TeamID        ID          `gorm:"not null;index:ix_consults_team,priority:1"`
	InstitutionID ID          `gorm:"not null;index:ix_consults_inst,priority:1"`
	SenderID      ID          `gorm:"not null"` // team that asked: figures stay with it
	SenderInstID  ID          `gorm:"not null"`
	DoctorID      ID          `gorm:"not null"` // staff who asks
	CentreID      ID          `gorm:"not null;index:ix_consults_centre,priority:1"`
	Purpose       string      `gorm:"serializer:sealed"` // 会诊目的
	Material      string      `gorm:"serializer:sealed"` // 病情摘要和检查资料
	ExpectedAt    *time.Time  // when the team would like the answer
	// Status is written by Move alone, with the instants and deadlines that follow from it.
	Status      ConsultStatus `gorm:"size:24;not null;index:ix_consults_team,priority:2;index:ix_consults_inst,priority:2;index:ix_consults_centre,priority:2;index:ix_consults_due,priority:1"`
	DueAt       *time.Time    `gorm:"index:ix_consults_due,priority:2"` // the report is due; nil once it is there
	EscalatedAt *time.Time    // the deadline went by, and centre and team were told
	RequestedOn Date          `gorm:"not null;index"` // day of CreatedAt, for the figures
	ReportBy    time.Time     `gorm:"not null"`
	ReportedAt  *time.Time    // first report
	ReporterID  ID            `gorm:"not null"` // staff
	SignedAt    *time.Time    //
	SignerID    ID            `gorm:"not null"`          // staff
	Findings    string        `gorm:"serializer:sealed"` // 所见
	Opinion     string        `gorm:"serializer:sealed"` // 诊断意见
	Version     int           `gorm:"not null"`
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// MaxConsultText is the longest text of a consult, in characters.
const MaxConsultText = 1000

// ConsultDraft is a consult as asked for.
type ConsultDraft struct {
	ResidentID        ID
	Kind              ConsultKind
	Emergency         bool
	CentreID          ID
	Purpose, Material string
	ExpectedAt        *time.Time
}

// Check notes what is wrong with the draft, from the place to the centre.
func (d ConsultDraft) Check(p *Problems, from, centre Institution, now time.Time) {
	if _, ok := ConsultKindLabels[d.Kind]; !ok {
		p.Add("kind", "enum", "会诊类型不在可选范围内")
	}
	switch {
	case centre.ID == 0 || !centre.Active || !centre.Level.Receives():
		p.Add("centre_id", "not_centre", "该机构不能受理远程会诊")
	case centre.ID == from.ID:
		p.Add("centre_id", "same", "不能向本机构申请远程会诊")
	}
	CheckNote(p, "purpose", "会诊目的", d.Purpose, MaxReferralText)
	CheckNote(p, "material", "病情摘要和检查资料", d.Material, MaxConsultText)
	if d.ExpectedAt != nil && d.ExpectedAt.Before(now) {
		p.Add("expected_at", "past", "期望时间不能早于现在")
	}
}

// Report is what the centre answers.
type Report struct{ Findings, Opinion string }

// Check notes what is missing in the report.
func (r Report) Check(p *Problems) {
	if utf8.RuneCountInString(r.Findings) > MaxConsultText {
		p.Add("findings", "too_long", "所见不能超过1000个字")
	}
	CheckNote(p, "opinion", "诊断意见", r.Opinion, MaxConsultText)
}

// Answer writes a report into the consult; Move is to be called after.
func (c *Consult) Answer(r Report) {
	c.Findings, c.Opinion = strings.TrimSpace(r.Findings), strings.TrimSpace(r.Opinion)
}

// Overdue tells whether the report should have been there by now.
func (c Consult) Overdue(now time.Time) bool { return c.DueAt != nil && !now.Before(*c.DueAt) }
