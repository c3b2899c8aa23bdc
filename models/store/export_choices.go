package store

import (
	"strings"
	"unicode"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/codes"
)

// exportChoices says in Chinese what the filters of an export choose, for whoever approves it.
func exportChoices(db *gorm.DB, e models.Export) ([]string, error) {
	f, err := e.Filter()
	if err != nil {
		return nil, err
	}
	c := choices{db: db}
	c.scope(f)
	c.say("人群", f.Population.Label())
	if spec, ok := f.Code.Spec(); ok {
		c.say("指标", spec.Label)
	}
	c.flag("是否达到", f.Met, "达到", "未达到")
	c.flag("签约", f.Signed, "已签约", "未签约")
	c.say("检索", searchShown(f.Q))
	named[models.Institution](&c, "机构", f.InstitutionID)
	named[models.Team](&c, "团队", f.TeamID)
	named[models.Village](&c, "村(居)", max(f.Village, f.VillageID))
	named[models.Staff](&c, "办理人", f.StaffID)
	c.number("居民编号", f.ResidentID)
	c.number("家庭编号", f.HouseholdID)
	c.say("状态", statusShown(e.Kind, f.Status))
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
	kind := models.TaskKindLabels[models.TaskKind(f.Kind)]
	if f.Kind == KindFollowup {
		kind = "随访"
	}
	c.say("任务类型", kind)
	if f.Unassigned {
		c.say("分配", "未分配")
	}
	if f.Untouched {
		c.say("联系", "未联系过")
	}
	c.say("联系结果", models.GapOutcomeLabels[f.Outcome])
	return c.lines, c.err
}

// choices collects the lines, and the first error of a name's query.
type choices struct {
	db    *gorm.DB
	lines []string
	err   error
}

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

func (c *choices) scope(f models.ExportFilter) {
	switch f.By {
	case models.ScopeInstitution:
		named[models.Institution](c, "范围(机构)", f.ID)
	case models.ScopeTeam:
		named[models.Team](c, "范围(责任团队)", f.ID)
	case models.ScopePanel:
		named[models.Team](c, "范围(签约团队)", f.ID)
	case models.ScopeVillage:
		named[models.Village](c, "范围(村居)", f.ID)
	case models.ScopeDistrict:
		c.say("范围", "全区")
	}
}

func named[T any](c *choices, label string, id models.ID) {
	if id == 0 || c.err != nil {
		return
	}
	have, err := names[T](c.db, []models.ID{id})
	if c.err = err; have[id] == "" {
		have[id] = id.String()
	}
	c.say(label, have[id])
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
