package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"jiayi/internal/sheet"
	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/codes"
)

// exportPage is how many rows of an export are read at once.
const exportPage = 500

// exportList is a list on its way into a file.
type exportList struct {
	header []string
	count  func() (int, error)
	// page reads the next rows; people are whose data they hold, next is "" on the last.
	page func(p Page) (rows [][]any, people []models.ID, next string, err error)
}

// exportList is the list of a kind exactly as the actor's screen shows it: the same scope,
// filters and order. Masked rows follow domain §8.4 to the letter.
func (v View) exportList(ctx context.Context, kind models.ExportKind, f models.ExportFilter, masked bool) (exportList, error) {
	s := exportShow{v: v, ctx: ctx, masked: masked}
	switch kind {
	case models.ExportRate, models.ExportIndicator, models.ExportResidents:
		l, err := v.residentListing(ctx, exportResidents(kind, f))
		return exportList{residentHeader, l.count, paged(l.page, s.residents)}, err
	case models.ExportContracts:
		l, err := v.contractListing(ctx, ContractFilter{ResidentID: f.ResidentID, TeamID: f.TeamID, InstitutionID: f.InstitutionID,
			Status: models.ContractStatus(f.Status), Disputed: f.Disputed, EndingBy: f.EndingBy})
		return exportList{contractHeader, l.count, paged(func(p Page) (List[ContractLine], error) { return v.contractPage(ctx, l, p) }, s.contracts)}, err
	case models.ExportFollowups:
		l, err := v.encounterListing(ctx, EncounterFilter{ResidentID: f.ResidentID, Program: f.Program, From: f.From, To: f.To, Waiting: f.Answer == "waiting"})
		page := func(p Page) (List[Visit], error) { return v.encounterPage(ctx, l, p) }
		return exportList{followupHeader, known(ctx, v, l, "encounters"), paged(page, s.followups)}, err
	case models.ExportTasks:
		l, err := v.taskListing(ctx, TaskFilter{State: f.State, Program: f.Program, Kind: f.Kind, VillageID: f.VillageID, TeamID: f.TeamID, StaffID: f.StaffID,
			Unassigned: f.Unassigned, ResidentID: f.ResidentID})
		page := func(p Page) (List[WorkItem], error) { return v.taskPage(l, p) }
		return exportList{taskHeader, known(ctx, v, l, "tasks"), paged(page, s.tasks)}, err
	default:
		l, err := v.gapListing(ctx, GapFilter{Population: f.Population, VillageID: f.VillageID, TeamID: f.TeamID, StaffID: f.StaffID,
			Unassigned: f.Unassigned, Untouched: f.Untouched, Outcome: f.Outcome})
		return exportList{gapHeader, l.count, paged(func(p Page) (List[GapEntry], error) { return v.gapPage(ctx, l, p) }, s.gap)}, err
	}
}

// exportResidents is the filter of a list of residents: of a screen, or behind a figure.
func exportResidents(kind models.ExportKind, f models.ExportFilter) ResidentFilter {
	by := f.By
	if by == "" {
		by = models.ScopeDistrict
	}
	switch kind {
	case models.ExportRate:
		population := f.Population
		if population == "" {
			population = models.All
		}
		return ResidentFilter{CountedIn: Area{by, f.ID}, Population: population, Signed: f.Signed}
	case models.ExportIndicator:
		return ResidentFilter{CountedIn: Area{by, f.ID}, Care: CareFilter{f.Code, f.Met}}
	}
	return ResidentFilter{Q: f.Q, Population: f.Population, Signed: f.Signed, TeamID: f.TeamID, InstitutionID: f.InstitutionID, VillageID: f.Village,
		HouseholdID: f.HouseholdID, Status: models.LifeStatus(f.Status), ByName: f.Sort == "name"}
}

// known counts the rows about residents of the scope: a page of visits or tasks leaves out
// the others.
func known[T any](ctx context.Context, v View, l listing[T], table string) func() (int, error) {
	if v.actor.Reach() == models.DistrictReach {
		return l.count
	}
	people := v.residents(v.query(ctx).Model(&models.Resident{})).Select("residents.id")
	l.db = l.db.Session(&gorm.Session{}).Where(table+".resident_id IN (?)", people)
	return l.count
}

// paged turns pages of a noun into pages of rows. Every text is made harmless.
func paged[R any](page func(Page) (List[R], error), show func([]R) ([][]any, []models.ID, error)) func(Page) ([][]any, []models.ID, string, error) {
	return func(p Page) ([][]any, []models.ID, string, error) {
		list, err := page(p)
		if err != nil {
			return nil, nil, "", err
		}
		rows, people, err := show(list.Items)
		for _, row := range rows {
			for i, cell := range row {
				if text, ok := cell.(string); ok {
					row[i] = sheet.Neutral(text)
				}
			}
		}
		return rows, people, list.Next, err
	}
}

var (
	residentHeader = []string{"居民编号", "健康档案编号", "姓名", "性别", "出生日期", "年龄", "证件类型", "证件号码", "电话", "住址", "常住", "村(居)", "责任团队", "签约团队", "人群"}
	contractHeader = []string{"居民编号", "协议编号", "状态", "姓名", "证件号码", "电话", "签约团队", "签约日期", "开始日期", "结束日期", "服务包", "有异议"}
	followupHeader = []string{"居民编号", "随访编号", "姓名", "随访日期", "随访方式", "医生", "团队", "随访项目", "下次随访日期", "居民答复"}
	taskHeader     = []string{"居民编号", "任务编号", "姓名", "电话", "村(居)", "团队", "办理人", "随访项目", "任务", "状态", "到期日", "逾期天数"}
	gapHeader      = []string{"居民编号", "姓名", "性别", "年龄", "电话", "村(居)", "人群", "联系人", "联系次数", "最近结果", "最近联系", "下次联系"}
)

// exportShow writes rows, masked or in clear (domain §8.4).
type exportShow struct {
	v      View
	ctx    context.Context
	masked bool
}

func (s exportShow) either(clear string, mask func(string) string) string {
	if s.masked {
		return mask(clear)
	}
	return clear
}

func (s exportShow) birth(d models.Date) string {
	if s.masked {
		return codes.MaskBirthDate(d)
	}
	return d.String()
}

// populations names the populations of a mask; the sensitive ones as 重点 unless in clear.
func (s exportShow) populations(m models.Mask) string {
	var out []string
	hidden := false
	for _, p := range m.Populations() {
		spec, ok := p.Spec()
		switch {
		case !ok:
		case s.masked && spec.Sensitive:
			hidden = true
		default:
			out = append(out, spec.Label)
		}
	}
	if hidden {
		out = append(out, "重点")
	}
	return strings.Join(out, "、")
}

// program names a programme of follow-up, as 重点 where it tells of a sensitive population.
func (s exportShow) program(code string) string {
	p, _ := models.ProgramOf(code)
	for _, population := range p.Populations {
		if spec, _ := models.Population(population).Spec(); s.masked && spec.Sensitive {
			return "重点人群随访"
		}
	}
	return p.Name
}

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

func dateText(d models.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func (s exportShow) residents(list []models.Resident) ([][]any, []models.ID, error) {
	var people, villages, teams []models.ID
	for _, r := range list {
		people, villages, teams = append(people, r.ID), append(villages, r.VillageID), append(teams, r.AreaTeamID, r.SignedTeamID)
	}
	db := s.v.query(s.ctx)
	villageNames, err := names[models.Village](db, villages)
	if err != nil {
		return nil, nil, err
	}
	teamNames, err := names[models.Team](db, teams)
	if err != nil {
		return nil, nil, err
	}
	today := s.v.Today()
	rows := make([][]any, len(list))
	for i, r := range list {
		rows[i] = []any{r.ID.String(), s.either(r.RecordNo, codes.MaskRecordNo), s.either(r.Name, codes.MaskName), codes.Sexes.Label(r.Sex), s.birth(r.BirthDate), r.Age(today),
			codes.DocumentTypes.Label(r.DocumentType), s.either(r.DocumentNo, codes.MaskDocument), s.either(r.Phone, codes.MaskPhone), s.either(r.Address, codes.MaskAddress),
			yes(r.Permanent), villageNames[r.VillageID], teamNames[r.AreaTeamID], teamNames[r.SignedTeamID], s.populations(r.Standing.Mask)}
	}
	return rows, people, nil
}

// contracts shows residents in clear only while they are in the scope: a contract of the
// past may be with somebody who has left it.
func (s exportShow) contracts(list []ContractLine) ([][]any, []models.ID, error) {
	people := make([]models.ID, len(list))
	for i, l := range list {
		people[i] = l.Resident.ID
	}
	inScope, err := names[models.Resident](s.v.residents(s.v.query(s.ctx)), people)
	if err != nil {
		return nil, nil, err
	}
	rows := make([][]any, len(list))
	for i, l := range list {
		c, r, row := l.Contract, l.Resident, s
		if _, ok := inScope[r.ID]; !ok {
			row.masked = true
		}
		packages := make([]string, len(c.Packages))
		for j, p := range c.Packages {
			packages[j] = p.Name
		}
		rows[i] = []any{r.ID.String(), c.No, models.ContractStatusLabels[c.Status], row.either(r.Name, codes.MaskName), row.either(r.DocumentNo, codes.MaskDocument), row.either(r.Phone, codes.MaskPhone),
			l.TeamName, dateText(c.SignedOn), dateText(c.BeginDate), dateText(c.EndDate), strings.Join(packages, "、"), yes(c.Disputed)}
	}
	return rows, people, nil
}

func (s exportShow) followups(list []Visit) ([][]any, []models.ID, error) {
	people, rows := make([]models.ID, len(list)), make([][]any, len(list))
	for i, e := range list {
		people[i] = e.ResidentID
		var programs []string
		var next models.Date
		for _, f := range e.Followups {
			programs = append(programs, s.program(f.Program))
			if next.IsZero() || !f.NextDueOn.IsZero() && f.NextDueOn.Before(next) {
				next = f.NextDueOn
			}
		}
		rows[i] = []any{e.ResidentID.String(), e.ID.String(), s.either(e.ResidentName, codes.MaskName), dateText(e.VisitedOn), clinical.Way(e.VisitWay).Label(), e.DoctorName, e.TeamName,
			strings.Join(programs, "、"), dateText(next), models.VisitAnswerLabels[e.Answer]}
	}
	return rows, people, nil
}

func (s exportShow) tasks(list []WorkItem) ([][]any, []models.ID, error) {
	rows := make([][]any, len(list))
	for i, t := range list {
		program := s.program(t.Program)
		label := t.Label
		if p, _ := models.ProgramOf(t.Program); program != p.Name {
			label = models.TaskKindLabels[t.Kind]
		}
		rows[i] = []any{t.ResidentID.String(), t.ID.String(), s.either(t.ResidentName, codes.MaskName), s.either(t.Phone, codes.MaskPhone), t.VillageName, t.TeamName, t.StaffName,
			program, label, models.TaskStateLabels[t.State], dateText(t.DueOn), t.DaysOverdue}
	}
	return rows, residentsOf(list), nil
}

func (s exportShow) gap(list []GapEntry) ([][]any, []models.ID, error) {
	people, rows := make([]models.ID, len(list)), make([][]any, len(list))
	today := s.v.Today()
	for i, e := range list {
		r, g := e.Resident, e.Item
		people[i] = r.ID
		rows[i] = []any{r.ID.String(), s.either(r.Name, codes.MaskName), codes.Sexes.Label(r.Sex), r.Age(today), s.either(r.Phone, codes.MaskPhone), e.VillageName, s.populations(r.Standing.Mask),
			e.StaffName, g.Contacts, models.GapOutcomeLabels[g.Outcome], dateText(g.LastOn), dateText(g.NextOn)}
	}
	return rows, people, nil
}
