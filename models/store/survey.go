package store

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"jiayi/models"
)

// Answered is the receipt of a survey: nothing in it leads back to the answers.
type Answered struct {
	ResidentID models.ID
	Quarter    string
}

// AnswerSurvey takes a resident's answers, or a guardian's for a ward: one in a quarter and
// one after each visit (domain §6.6). It returns NotFound for a person or visit that is not
// the actor's, Invalid naming the answers, Conflict already_answered, and Conflict voided or
// too_late for a visit. The audit says who answered and not what.
func (v View) AnswerSurvey(ctx context.Context, d models.SurveyDraft) (Answered, error) {
	return once(ctx, v, func(tx *Tx) (Answered, error) {
		if tx.actor.Role != models.ResidentRole {
			return Answered{}, models.ErrForbidden
		}
		if d.ResidentID == 0 {
			d.ResidentID = tx.actor.ResidentID
		}
		d.Comment = strings.TrimSpace(d.Comment)
		var p models.Problems
		if d.Check(&p); len(p) > 0 {
			return Answered{}, p.Err()
		}
		r, err := tx.lockResident(d.ResidentID)
		if err != nil {
			return Answered{}, residentField(err)
		}
		if err := tx.living(r); err != nil {
			return Answered{}, err
		}
		s := models.Survey{Quarter: models.QuarterOf(tx.today), TeamID: r.CareTeamID(), InstitutionID: r.CareInstID(), SurveyScores: d.Scores, Aware: d.Aware, Comment: d.Comment}
		slot := s.Quarter
		if d.EncounterID != 0 {
			if slot, err = tx.afterVisit(&s, r, d.EncounterID); err != nil {
				return Answered{}, err
			}
		}
		if s.Shuffle, err = shuffle(); err != nil {
			return Answered{}, err
		}
		s.Once = tx.s.surveyIndex(r.ID, slot)
		if err := tx.db.Create(&s).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return Answered{}, models.Errorf(models.Conflict, "already_answered", "您已经评价过,感谢参与")
		} else if err != nil {
			return Answered{}, err
		}
		tx.record("survey.answer", "survey", 0, r.ID, s.Quarter)
		return Answered{r.ID, s.Quarter}, nil
	})
}

// afterVisit takes team and institution from the visit, and names its slot.
func (tx *Tx) afterVisit(s *models.Survey, r models.Resident, encounter models.ID) (slot string, err error) {
	e, err := get[models.Encounter](tx.db, encounter)
	if err == nil && e.ResidentID != r.ID {
		err = models.ErrNotFound
	}
	if err != nil {
		return "", err
	}
	switch {
	case e.Voided:
		return "", models.Errorf(models.Conflict, "voided", "该服务记录已作废,无需评价")
	case tx.today.After(e.AnswerUntil()):
		return "", models.Errorf(models.Conflict, "too_late", "该次服务的评价截止于%s", e.AnswerUntil().Chinese())
	}
	s.AfterVisit, s.TeamID, s.InstitutionID = true, e.TeamID, e.InstitutionID
	return fmt.Sprintf("visit/%d", e.ID), nil
}

// surveyIndex is what a person can answer only once for a slot.
func (s *Store) surveyIndex(resident models.ID, slot string) string {
	return s.blind(indexSurvey, fmt.Sprintf("%d/%s", resident, slot))
}

// SurveyIndex is the index of a person's answer for a quarter.
func (l *Loader) SurveyIndex(resident models.ID, quarter string) string {
	return l.s.surveyIndex(resident, quarter)
}

// shuffle is a random place in the order of the texts.
func shuffle() (int64, error) {
	var b [8]byte
	_, err := rand.Read(b[:])
	return int64(binary.BigEndian.Uint64(b[:]) >> 12), err // #nosec G115 -- 52 bits, exact in a cursor
}

// SurveyTurn tells whether a person has answered the survey of the running quarter.
type SurveyTurn struct {
	ResidentID models.ID
	Name       string
	Quarter    string
	Answered   bool
}

// MySurveys lists the actor and the wards, and who has answered in the running quarter.
func (v View) MySurveys(ctx context.Context) ([]SurveyTurn, error) {
	if v.actor.Role != models.ResidentRole {
		return nil, nil
	}
	var people []models.Resident
	if err := v.residents(v.query(ctx)).Select("id", "name").Order("id").Find(&people, "status = ?", models.Living).Error; err != nil {
		return nil, err
	}
	quarter := models.QuarterOf(v.Today())
	out := make([]SurveyTurn, len(people))
	for i, r := range people {
		var n int64
		if err := v.query(ctx).Model(&models.Survey{}).Where("once = ?", v.surveyIndex(r.ID, quarter)).Count(&n).Error; err != nil {
			return nil, err
		}
		out[i] = SurveyTurn{r.ID, r.Name, quarter, n > 0}
	}
	return out, nil
}

// SurveyQuery asks for the figures of one quarter that has ended; "" is the last.
type SurveyQuery struct {
	By      models.ScopeKind // district, institution or team
	Quarter string
	Within  models.ID // only teams of this institution
}

// SurveyFigures are the sums of the answers of a scope.
type SurveyFigures struct {
	N                      int // valid answers: all six questions are
	Q1, Q2, Q3, Q4, Q5, Q6 int // sums of the scores
	Satisfied              int // overall 很满意 or 满意: SN11 = satisfied / n
	Aware                  int // know the own family doctor: SN12 = aware / n
}

func (f SurveyFigures) plus(o SurveyFigures) SurveyFigures {
	return SurveyFigures{f.N + o.N, f.Q1 + o.Q1, f.Q2 + o.Q2, f.Q3 + o.Q3, f.Q4 + o.Q4, f.Q5 + o.Q5, f.Q6 + o.Q6, f.Satisfied + o.Satisfied, f.Aware + o.Aware}
}

// Sums are the sums of the scores in the order of the questions.
func (f SurveyFigures) Sums() [6]int { return [6]int{f.Q1, f.Q2, f.Q3, f.Q4, f.Q5, f.Q6} }

// SurveyRow are the figures of one scope; a suppressed one holds none.
type SurveyRow struct {
	Kind    models.ScopeKind
	ScopeID models.ID
	Name    string
	SurveyFigures
	Suppressed bool
}

// endedQuarter is the quarter asked for, the last one by default. The running quarter is not
// shown: two looks at it with one answer between them would tell that answer.
func (v View) endedQuarter(name string) (string, error) {
	today := v.Today()
	if name == "" {
		return models.QuarterOf(today.QuarterEnd().AddMonths(-3).MonthEnd()), nil
	}
	last, err := models.ParseQuarter(name)
	if err != nil {
		return "", err
	}
	if !last.Before(today) {
		return "", models.InvalidField("quarter", "running", "本季度的结果在季度结束后公布")
	}
	return name, nil
}

// SurveyRates counts SN11 and SN12 (domain §1.10) of a quarter. A scope of fewer than
// models.LeastShown people is suppressed, and with it so many others that none can be found
// by difference: see models.Suppress. An institution that is suppressed hides its teams too.
func (v View) SurveyRates(ctx context.Context, q SurveyQuery) (string, []SurveyRow, error) {
	quarter, err := v.endedQuarter(q.Quarter)
	if err != nil {
		return "", nil, err
	}
	var out []SurveyRow
	err = v.snapshot(ctx, func(db *gorm.DB) error {
		scopes, err := v.rateScopes(db, RateQuery{By: q.By, Within: q.Within})
		if err != nil {
			return err
		}
		sums, err := surveySums(db, quarter)
		if err != nil {
			return err
		}
		figures, hidden := sums.of(q.By)
		for _, s := range scopes {
			key := s.id
			if q.By == models.ScopeDistrict {
				key = 0
			}
			row := SurveyRow{Kind: q.By, ScopeID: s.shown, Name: s.name, SurveyFigures: figures[key], Suppressed: hidden[key]}
			if row.Suppressed {
				row.SurveyFigures = SurveyFigures{}
			}
			out = append(out, row)
		}
		return nil
	})
	return quarter, out, err
}

// TeamSurvey is the row of one team in the last quarter that has ended, for whoever chooses a
// team: the same figure, hidden by the same rule, that SurveyRates shows to staff.
func (v View) TeamSurvey(ctx context.Context, id models.ID) (string, SurveyRow, error) {
	quarter, err := v.endedQuarter("")
	if err != nil {
		return "", SurveyRow{}, err
	}
	db := v.query(ctx)
	team, err := get[models.Team](db, id)
	if err != nil {
		return "", SurveyRow{}, err
	}
	sums, err := surveySums(db, quarter)
	if err != nil {
		return "", SurveyRow{}, err
	}
	figures, hidden := sums.of(models.ScopeTeam)
	row := SurveyRow{Kind: models.ScopeTeam, ScopeID: team.ID, Name: team.Name, Suppressed: hidden[id]}
	if !row.Suppressed {
		row.SurveyFigures = figures[id]
	}
	return quarter, row, nil
}

// surveyTeams are the sums of one quarter by team.
type surveyTeams []struct {
	TeamID, InstitutionID models.ID
	SurveyFigures
}

func surveySums(db *gorm.DB, quarter string) (surveyTeams, error) {
	var out surveyTeams
	return out, db.Model(&models.Survey{}).Where("quarter = ?", quarter).Group("team_id, institution_id").Order("institution_id, team_id").
		Select("team_id, institution_id, COUNT(*) AS n, SUM(q1) AS q1, SUM(q2) AS q2, SUM(q3) AS q3, SUM(q4) AS q4, SUM(q5) AS q5, SUM(q6) AS q6, "+
			"SUM(CASE WHEN q6 >= ? THEN 1 ELSE 0 END) AS satisfied, SUM(CASE WHEN aware THEN 1 ELSE 0 END) AS aware", models.SatisfiedFrom).Scan(&out).Error
}

// of sums the teams up to a kind of scope, and tells which of the scopes are hidden. What is
// hidden does not depend on who asks.
func (s surveyTeams) of(by models.ScopeKind) (figures map[models.ID]SurveyFigures, hidden map[models.ID]bool) {
	teams, institutions := map[models.ID]SurveyFigures{}, map[models.ID]SurveyFigures{}
	members := map[models.ID][]models.ID{}
	var all SurveyFigures
	var order []models.ID
	for _, t := range s {
		if _, seen := institutions[t.InstitutionID]; !seen {
			order = append(order, t.InstitutionID)
		}
		teams[t.TeamID] = teams[t.TeamID].plus(t.SurveyFigures)
		institutions[t.InstitutionID] = institutions[t.InstitutionID].plus(t.SurveyFigures)
		members[t.InstitutionID] = append(members[t.InstitutionID], t.TeamID)
		all = all.plus(t.SurveyFigures)
	}
	few := all.N > 0 && all.N < models.LeastShown
	hiddenInst := hide(order, institutions, few)
	switch by {
	case models.ScopeDistrict:
		return map[models.ID]SurveyFigures{0: all}, map[models.ID]bool{0: few}
	case models.ScopeInstitution:
		return institutions, hiddenInst
	}
	hidden = map[models.ID]bool{}
	for _, inst := range order {
		for id, yes := range hide(members[inst], teams, hiddenInst[inst]) {
			hidden[id] = hidden[id] || yes
		}
	}
	return teams, hidden
}

// hide suppresses parts of a whole, all of them where the whole is hidden itself.
func hide(ids []models.ID, figures map[models.ID]SurveyFigures, whole bool) map[models.ID]bool {
	counts := make([]int, len(ids))
	for i, id := range ids {
		counts[i] = figures[id].N
	}
	out := map[models.ID]bool{}
	for i, yes := range models.Suppress(counts) {
		out[ids[i]] = yes || whole
	}
	return out
}

// SurveyTexts lists what people wrote in a quarter, in random order and with nothing beside
// it. It is for district managers alone; with fewer than models.LeastShown answers in the
// quarter there are none.
func (v View) SurveyTexts(ctx context.Context, quarter string, p Page) (string, List[string], error) {
	if v.actor.Role != models.DistrictManager {
		return "", List[string]{}, models.ErrForbidden
	}
	quarter, err := v.endedQuarter(quarter)
	if err != nil {
		return "", List[string]{}, err
	}
	var n int64
	if err := v.query(ctx).Model(&models.Survey{}).Where("quarter = ?", quarter).Count(&n).Error; err != nil || n < models.LeastShown {
		return quarter, List[string]{}, err
	}
	page, err := paginate(v.query(ctx).Where("quarter = ? AND comment <> ''", quarter), p, order{columns: []string{"surveys.shuffle", "surveys.id"}},
		func(s models.Survey) []any { return []any{s.Shuffle, int64(s.ID)} })
	if err != nil {
		return quarter, List[string]{}, err
	}
	out := List[string]{Next: page.Next, Items: make([]string, len(page.Items))}
	for i, s := range page.Items {
		out.Items[i] = s.Comment
	}
	return quarter, out, v.witnessed(ctx, "survey.texts", "survey", 0, 0, quarter)
}
