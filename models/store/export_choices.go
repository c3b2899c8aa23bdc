package store

import (
	"strings"
	"unicode"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/codes"
)

// choiceNames are the names that the filters of a list of exports speak of.
type choiceNames struct {
	filters                              []models.ExportFilter
	institutions, teams, villages, staff map[models.ID]string
}

func choiceNamesOf(db *gorm.DB, list []models.Export) (n choiceNames, err error) {
	var institutions, teams, villages, staff []models.ID
	for _, e := range list {
		f, err := e.Filter()
		if err != nil {
			return n, err
		}
		n.filters = append(n.filters, f)
		institutions, teams = append(institutions, f.InstitutionID), append(teams, f.TeamID)
		villages, staff = append(villages, f.Village, f.VillageID), append(staff, f.StaffID)
		switch f.By {
		case models.ScopeInstitution:
			institutions = append(institutions, f.ID)
		case models.ScopeTeam, models.ScopePanel:
			teams = append(teams, f.ID)
		case models.ScopeVillage:
			villages = append(villages, f.ID)
		}
	}
	if n.institutions, err = names[models.Institution](db, institutions); err != nil {
		return n, err
	}
	if n.teams, err = names[models.Team](db, teams); err != nil {
		return n, err
	}
	if n.villages, err = names[models.Village](db, villages); err != nil {
		return n, err
	}
	n.staff, err = names[models.Staff](db, staff)
	return n, err
}

// choices says in Chinese what the filters of the i-th export choose, for whoever approves it.
func (n choiceNames) choices(kind models.ExportKind, i int) []string {
	f, c := n.filters[i], choices{}
	c.scope(f, n)
	c.say("人群", f.Population.Label())
	if spec, ok := f.Code.Spec(); ok {
		c.say("指标", spec.Label)
	}
	c.flag("是否达到", f.Met, "达到", "未达到")
	c.flag("签约", f.Signed, "已签约", "未签约")
	c.say("检索", searchShown(f.Q))
	c.named("机构", f.InstitutionID, n.institutions)
	c.named("团队", f.TeamID, n.teams)
	c.named("村(居)", max(f.Village, f.VillageID), n.villages)
	c.named("办理人", f.StaffID, n.staff)
	c.number("居民编号", f.ResidentID)
	c.number("家庭编号", f.HouseholdID)
	c.say("状态", statusShown(kind, f.Status))
	c.say("状态", models.TaskStateLabels[f.State])
	c.flag("异议", f.Disputed, "有异议", "无异议")
	c.date("到期日不晚于", f.EndingBy)
	if program, ok := models.ProgramOf(f.Program); ok {
		c.say("随访项目", program.Name)
	}
	c.date("随访日期起", f.From)
	c.date("随访日期止", f.To)
	if f.Answer != "" {
		c.say("居民答复", "尚可答复")
	}
	task := models.TaskKindLabels[models.TaskKind(f.Kind)]
	if f.Kind == KindFollowup {
		task = "随访"
	}
	c.say("任务类型", task)
	if f.Unassigned {
		c.say("分配", "未分配")
	}
	if f.Untouched {
		c.say("联系", "未联系过")
	}
	c.say("联系结果", models.GapOutcomeLabels[f.Outcome])
	return c.lines
}

// choices collects the lines.
type choices struct{ lines []string }

func (c *choices) say(label, value string) {
	if value != "" {
		c.lines = append(c.lines, label+":"+value)
	}
}

func (c *choices) flag(label string, f *bool, yes, no string) {
	switch {
	case f == nil:
	case *f:
		c.say(label, yes)
	default:
		c.say(label, no)
	}
}

func (c *choices) date(label string, d models.Date) {
	if !d.IsZero() {
		c.say(label, d.String())
	}
}

func (c *choices) number(label string, id models.ID) {
	if id != 0 {
		c.say(label, id.String())
	}
}

func (c *choices) scope(f models.ExportFilter, n choiceNames) {
	switch f.By {
	case models.ScopeInstitution:
		c.named("范围(机构)", f.ID, n.institutions)
	case models.ScopeTeam:
		c.named("范围(责任团队)", f.ID, n.teams)
	case models.ScopePanel:
		c.named("范围(签约团队)", f.ID, n.teams)
	case models.ScopeVillage:
		c.named("范围(村居)", f.ID, n.villages)
	case models.ScopeDistrict:
		c.say("范围", "全区")
	}
}

func (c *choices) named(label string, id models.ID, known map[models.ID]string) {
	switch {
	case id == 0:
	case known[id] == "":
		c.number(label, id)
	default:
		c.say(label, known[id])
	}
}

// searchShown hides the number a search may be by.
func searchShown(q string) string {
	if strings.IndexFunc(q, unicode.IsDigit) >= 0 {
		return codes.MaskDocument(q)
	}
	return q
}

func statusShown(kind models.ExportKind, status string) string {
	if kind == models.ExportContracts {
		return models.ContractStatusLabels[models.ContractStatus(status)]
	}
	return map[models.LifeStatus]string{models.Living: "在册", models.Dead: "死亡", models.MovedOut: "迁出", models.Merged: "已合并"}[models.LifeStatus(status)]
}
