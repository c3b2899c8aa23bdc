package models

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// ExportKind is what a file of people holds: one of the lists of the screens.
type ExportKind string

// The kinds. The first two are the people behind a figure.
const (
	ExportRate      ExportKind = "rate_residents"      // GET /stats/contract-rates/residents
	ExportIndicator ExportKind = "indicator_residents" // GET /stats/indicators/residents
	ExportResidents ExportKind = "residents"           // GET /residents
	ExportContracts ExportKind = "contracts"           // GET /contracts
	ExportFollowups ExportKind = "followups"           // GET /followups
	ExportTasks     ExportKind = "tasks"               // GET /tasks
	ExportGap       ExportKind = "gap"                 // GET /gap
)

// ExportSpec is one row of the table of kinds.
type ExportSpec struct {
	Kind    ExportKind
	Label   string     // Chinese
	Needs   Permission // of the list it is made from
	Filters []string   // names of the filters of that list
}

// ExportKinds is the table of kinds.
var ExportKinds = []ExportSpec{
	{ExportRate, "签约率背后的居民", ResidentRead, []string{"by", "id", "population", "signed"}},
	{ExportIndicator, "健康管理指标背后的居民", StatsRead, []string{"by", "id", "code", "met"}},
	{ExportResidents, "居民名单", ResidentRead, []string{"q", "population", "signed", "team_id", "institution_id", "village", "household_id", "status", "sort"}},
	{ExportContracts, "签约合同", ContractRead, []string{"resident_id", "team_id", "institution_id", "status", "disputed", "ending_by"}},
	{ExportFollowups, "随访记录", FollowupRead, []string{"resident_id", "program", "from", "to", "answer"}},
	{ExportTasks, "随访任务", TaskRead, []string{"state", "program", "kind", "village_id", "team_id", "staff_id", "unassigned", "resident_id"}},
	{ExportGap, "应签未签居民", TaskRead, []string{"population", "village_id", "team_id", "staff_id", "unassigned", "untouched", "outcome"}},
}

// Spec returns the row of the kind; ok is false for an unknown one.
func (k ExportKind) Spec() (spec ExportSpec, ok bool) {
	at := slices.IndexFunc(ExportKinds, func(s ExportSpec) bool { return s.Kind == k })
	if at < 0 {
		return ExportSpec{}, false
	}
	return ExportKinds[at], true
}

// ExportFilter chooses the rows: the filters of the list by the names that the list's route
// has for them. Zero fields choose all.
type ExportFilter struct {
	By            ScopeKind  `json:"by,omitempty"`
	ID            ID         `json:"id,omitzero"`
	Code          Indicator  `json:"code,omitempty"`
	Met           *bool      `json:"met,omitempty"`
	Q             string     `json:"q,omitempty"`
	Population    Population `json:"population,omitempty"`
	Signed        *bool      `json:"signed,omitempty"`
	TeamID        ID         `json:"team_id,omitzero"`
	InstitutionID ID         `json:"institution_id,omitzero"`
	Village       ID         `json:"village,omitzero"`
	VillageID     ID         `json:"village_id,omitzero"`
	HouseholdID   ID         `json:"household_id,omitzero"`
	ResidentID    ID         `json:"resident_id,omitzero"`
	StaffID       ID         `json:"staff_id,omitzero"`
	Status        string     `json:"status,omitempty"`
	Sort          string     `json:"sort,omitempty"`
	Disputed      *bool      `json:"disputed,omitempty"`
	EndingBy      Date       `json:"ending_by,omitzero"`
	Program       string     `json:"program,omitempty"`
	From          Date       `json:"from,omitzero"`
	To            Date       `json:"to,omitzero"`
	Answer        string     `json:"answer,omitempty"`
	State         TaskState  `json:"state,omitempty"`
	Kind          string     `json:"kind,omitempty"`
	Unassigned    bool       `json:"unassigned,omitempty"`
	Untouched     bool       `json:"untouched,omitempty"`
	Outcome       GapOutcome `json:"outcome,omitempty"`
}

// JSON is the filter as it is kept.
func (f ExportFilter) JSON() string {
	b, _ := json.Marshal(f) // ids, codes and dates always marshal
	return string(b)
}

// ExportStatus is the state of an export.
type ExportStatus string

// The states. An export is ready as soon as it is approved: its rows are read when it is
// fetched.
const (
	ExportRequested ExportStatus = "requested"
	ExportReady     ExportStatus = "ready"
	ExportRefused   ExportStatus = "refused"
	ExportCancelled ExportStatus = "cancelled"
	ExportExpired   ExportStatus = "expired"
)

// ExportStatusLabels are the Chinese names of the states.
var ExportStatusLabels = map[ExportStatus]string{
	ExportRequested: "待审批", ExportReady: "已批准,可下载", ExportRefused: "未批准", ExportCancelled: "已撤回", ExportExpired: "已过期",
}

// Limits of exports (domain §8.4; days and downloads are design).
const (
	ExportAtOnce       = 500 // masked rows that need no second person
	ExportDays         = 7   // for the approval, and again for the download
	MaxExportDownloads = 3
	MaxExportReason    = 200 // characters
)

// Export is a list of people that leaves the system as a file. Its status is written by
// Move alone.
type Export struct {
	ID       ID
	No       string     `gorm:"size:32;not null;uniqueIndex"` // DC + date + sequence
	Kind     ExportKind `gorm:"size:24;not null"`
	Filters  string     `gorm:"serializer:sealed;type:text"` // ExportFilter as JSON: a search may name a person
	Unmasked bool       `gorm:"not null"`
	Reason   string     `gorm:"serializer:sealed;type:text"`
	// Rows are those counted when it was asked for: what is approved. The file never has more.
	Rows          int          `gorm:"column:row_count;not null"`
	Status        ExportStatus `gorm:"size:16;not null;index:ix_exports_expiry,priority:1"`
	ApplicantID   ID           `gorm:"not null;index"` // account
	InstitutionID ID           `gorm:"not null;index"` // of the applicant, whose manager may approve; 0 for one of the whole district
	DecidedBy     ID           `gorm:"not null"`       // account, 0 while open and when no approval was needed
	DecidedAt     *time.Time
	ExpiresAt     time.Time `gorm:"not null;index:ix_exports_expiry,priority:2"`
	Downloads     int       `gorm:"not null"`
	DownloadedAt  *time.Time
	Version       int `gorm:"not null"`
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Filter is the filter of the export.
func (e Export) Filter() (f ExportFilter, err error) {
	err = json.Unmarshal([]byte(e.Filters), &f)
	return f, err
}

// ExportDraft is an export as it is asked for.
type ExportDraft struct {
	Kind     ExportKind
	Filter   ExportFilter
	Unmasked bool
	Reason   string
}

// Check notes every field that breaks a rule; who lacks the permission of the list, or may
// not see anybody in clear, is told Forbidden.
func (d ExportDraft) Check(p *Problems, by Actor) error {
	spec, ok := d.Kind.Spec()
	if !ok {
		p.Add("kind", "enum", "没有这一类导出")
		return nil
	}
	if !by.Can(spec.Needs) || d.Unmasked && !by.Can(ResidentReveal) {
		return ErrForbidden
	}
	var given map[string]any
	if err := json.Unmarshal([]byte(d.Filter.JSON()), &given); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(spec.Filters, name) {
			p.Add("filters."+name, "not_of_kind", "这类导出没有该筛选条件")
		}
	}
	if d.Filter.ID == 0 && d.Filter.By != "" && d.Filter.By != ScopeDistrict {
		p.Add("filters.id", "required", "请指明范围 id")
	}
	if d.Kind == ExportIndicator && d.Filter.Code == "" {
		p.Add("filters.code", "required", "请指明指标代码")
	}
	switch reason := strings.TrimSpace(d.Reason); {
	case d.Unmasked && reason == "":
		p.Add("reason", "required", "导出明文必须填写原因")
	case len([]rune(reason)) > MaxExportReason:
		p.Add("reason", "too_long", "原因不能超过200个字")
	}
	return nil
}

// Sensitive tells whether the export needs a second person, and the password entered again
// for its download: it is in clear, or has more than ExportAtOnce rows (domain §8.2, §8.4).
func (e Export) Sensitive() bool { return e.Unmasked || e.Rows > ExportAtOnce }
