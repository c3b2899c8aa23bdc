package store_test

import (
	"fmt"
	"strings"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func opinion(overall int) models.SurveyDraft {
	return models.SurveyDraft{Scores: models.SurveyScores{Attitude: 5, Skill: 5, Contact: 4, Fulfilment: 4, Referral: 3, Overall: overall}, Aware: true, Comment: "随访很及时"}
}

func TestSurveyIsAnsweredOnce(t *testing.T) {
	s, clock := storetest.District(t)
	qiang := s.As(storetest.Qiang)
	for i, wards := range []models.ID{0, storetest.ZhangXiuying} {
		d := opinion(5)
		d.ResidentID = wards
		a, err := qiang.AnswerSurvey(t.Context(), d)
		if err != nil || a.Quarter != "2026Q4" {
			t.Fatalf("%d: %+v %v", i, a, err)
		}
		_, err = qiang.AnswerSurvey(t.Context(), d)
		wantCode(t, err, "already_answered")
	}
	turns, err := qiang.MySurveys(t.Context())
	if err != nil || fmt.Sprint(turns) != "[{1 张秀英 2026Q4 true} {2 张强 2026Q4 true} {5 张小宝 2026Q4 false}]" {
		t.Errorf("%v %v", turns, err)
	}
	clock.Set(mustDate("2027-01-01"))
	if _, err := qiang.AnswerSurvey(t.Context(), opinion(4)); err != nil {
		t.Errorf("the next quarter: %v", err)
	}
	d := opinion(5)
	d.ResidentID = storetest.WangMei
	_, err = qiang.AnswerSurvey(t.Context(), d)
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.EastLead).AnswerSurvey(t.Context(), opinion(5))
	wantCode(t, err, "forbidden")
	_, err = s.As(models.Actor{Role: models.ResidentRole, WechatID: 9}).AnswerSurvey(t.Context(), opinion(5))
	wantCode(t, err, "not_found")
}

func TestSurveyAfterAVisit(t *testing.T) {
	s, clock := storetest.District(t)
	e := log(t, s, htn(storetest.Today, pressure(150, 92)))
	void := log(t, s, htn(storetest.Today.AddDays(-1), pressure(151, 92)))
	if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), void.ID, 0, "录错"); err != nil {
		t.Fatal(err)
	}
	d := opinion(5)
	d.ResidentID, d.EncounterID = storetest.ZhangXiuying, e.ID
	qiang := s.As(storetest.Qiang)
	other := d
	other.ResidentID = storetest.ZhangQiang // it was not his visit
	_, err := qiang.AnswerSurvey(t.Context(), other)
	wantCode(t, err, "not_found")
	other = d
	other.EncounterID = void.ID
	_, err = qiang.AnswerSurvey(t.Context(), other)
	wantCode(t, err, "voided")
	clock.Set(storetest.Today.AddDays(models.AnswerDays))
	if _, err := qiang.AnswerSurvey(t.Context(), d); err != nil {
		t.Errorf("on the last day: %v", err)
	}
	_, err = qiang.AnswerSurvey(t.Context(), d)
	wantCode(t, err, "already_answered")
	d.EncounterID = 0
	if _, err := qiang.AnswerSurvey(t.Context(), d); err != nil {
		t.Errorf("the quarter's own: %v", err)
	}
	if got := rows[models.Survey](t, s)[0]; !got.AfterVisit || got.TeamID != storetest.EastTeam {
		t.Errorf("%+v", got)
	}
	clock.Set(storetest.Today.AddDays(40))
	last := log(t, s, htn(storetest.Today.AddDays(40), pressure(152, 92)))
	clock.Set(storetest.Today.AddDays(40 + models.AnswerDays + 1))
	d.EncounterID = last.ID
	_, err = qiang.AnswerSurvey(t.Context(), d)
	wantCode(t, err, "too_late")
}

// Two phones of one family at once: one answer is taken.
func TestSurveyRace(t *testing.T) {
	s, _ := storetest.District(t)
	won := 0
	for _, err := range race(8, func() error { _, err := s.As(storetest.Qiang).AnswerSurvey(t.Context(), opinion(5)); return err }) {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "already_answered")
		}
	}
	if n := len(rows[models.Survey](t, s)); won != 1 || n != 1 {
		t.Errorf("%d won, %d answers", won, n)
	}
}

// asked puts n answers of a team into a quarter, the first satisfied of which are satisfied.
func asked(t *testing.T, s *store.Store, quarter string, team, institution models.ID, n, satisfied int) {
	t.Helper()
	list := make([]models.Survey, n)
	for i := range list {
		overall := 4
		if i >= satisfied {
			overall = 3
		}
		list[i] = models.Survey{Once: fmt.Sprint(quarter, team, i), Shuffle: int64((i * 37) % 101), Quarter: quarter, TeamID: team, InstitutionID: institution,
			SurveyScores: models.SurveyScores{Attitude: 5, Skill: 4, Contact: 4, Fulfilment: 4, Referral: 4, Overall: overall}, Aware: i%2 == 0, Comment: fmt.Sprintf("意见%02d", i)}
	}
	if err := s.Load(t.Context(), func(l *store.Loader) error { return l.Insert(&list) }); err != nil {
		t.Fatal(err)
	}
}

// shown spells the rows of an answer: numbers, or x where suppressed.
func shown(t *testing.T, v store.View, by models.ScopeKind, quarter string) string {
	t.Helper()
	_, list, err := v.SurveyRates(t.Context(), store.SurveyQuery{By: by, Quarter: quarter})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range list {
		switch {
		case r.Suppressed && r.SurveyFigures != store.SurveyFigures{}:
			t.Errorf("a suppressed row holds %+v", r)
		case r.Suppressed:
			out = append(out, "x")
		default:
			out = append(out, fmt.Sprintf("%d/%d", r.Satisfied, r.N))
		}
	}
	return strings.Join(out, " ")
}

func TestSurveyFiguresAreSuppressed(t *testing.T) {
	for name, tt := range map[string]struct {
		east, west, shiliu            int
		district, institutions, teams string
	}{
		"all large":                             {6, 7, 9, "22/22", "13/13 9/9", "6/6 7/7 9/9"},
		"a team by difference":                  {4, 7, 9, "20/20", "11/11 9/9", "x x 9/9"},
		"an institution, and what is beside it": {9, 8, 3, "20/20", "x x", "x x x"},
		"five":                                  {5, 0, 5, "10/10", "5/5 5/5", "5/5 0/0 5/5"},
		"four in all":                           {2, 1, 1, "x", "x x", "x x x"},
		"nobody":                                {0, 0, 0, "0/0", "0/0 0/0", "0/0 0/0 0/0"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := storetest.District(t)
			asked(t, s, "2026Q3", storetest.EastTeam, storetest.Liuyuan, tt.east, tt.east)
			asked(t, s, "2026Q3", storetest.WestTeam, storetest.Liuyuan, tt.west, tt.west)
			asked(t, s, "2026Q3", storetest.ShiliuTeam, storetest.Shiliu, tt.shiliu, tt.shiliu)
			asked(t, s, "2026Q2", storetest.WestTeam, storetest.Liuyuan, 20, 20)
			v := s.As(storetest.Manager)
			if d, i, g := shown(t, v, models.ScopeDistrict, ""), shown(t, v, models.ScopeInstitution, "2026Q3"), shown(t, v, models.ScopeTeam, "2026Q3"); d != tt.district || i != tt.institutions || g != tt.teams {
				t.Errorf("%s | %s | %s", d, i, g)
			}
			// A lead sees the own row, hidden by the same rule whoever asks.
			if own := shown(t, s.As(storetest.EastLead), models.ScopeTeam, ""); own != strings.Fields(tt.teams)[0] {
				t.Errorf("the lead sees %s", own)
			}
			// So does a resident who chooses a team.
			for i, id := range []models.ID{storetest.EastTeam, storetest.WestTeam, storetest.ShiliuTeam} {
				_, row, err := s.As(storetest.Qiang).TeamSurvey(t.Context(), id)
				got := fmt.Sprintf("%d/%d", row.Satisfied, row.N)
				if row.Suppressed {
					got = "x"
				}
				if want := strings.Fields(tt.teams)[i]; err != nil || got != want || row.Suppressed && row.SurveyFigures != (store.SurveyFigures{}) {
					t.Errorf("a resident sees %s of team %d, not %s: %v", got, id, want, err)
				}
			}
		})
	}
}

func TestSurveyFigures(t *testing.T) {
	s, clock := storetest.District(t)
	asked(t, s, "2026Q4", storetest.EastTeam, storetest.Liuyuan, 8, 6)
	v := s.As(storetest.Manager)
	_, _, err := v.SurveyRates(t.Context(), store.SurveyQuery{By: models.ScopeTeam, Quarter: "2026Q4"})
	wantField(t, err, "quarter", "running")
	_, _, err = v.SurveyRates(t.Context(), store.SurveyQuery{By: models.ScopeTeam, Quarter: "2026"})
	wantField(t, err, "quarter", "format")
	_, _, err = v.SurveyTexts(t.Context(), "2026Q4", store.Page{})
	wantField(t, err, "quarter", "running")
	clock.Set(mustDate("2026-12-31"))
	_, _, err = v.SurveyRates(t.Context(), store.SurveyQuery{By: models.ScopeTeam, Quarter: "2026Q4"})
	wantField(t, err, "quarter", "running")
	clock.Set(mustDate("2027-01-01"))
	quarter, list, err := v.SurveyRates(t.Context(), store.SurveyQuery{By: models.ScopeDistrict})
	want := store.SurveyFigures{N: 8, Q1: 40, Q2: 32, Q3: 32, Q4: 32, Q5: 32, Q6: 30, Satisfied: 6, Aware: 4}
	if err != nil || quarter != "2026Q4" || list[0].SurveyFigures != want {
		t.Errorf("%s %+v %v", quarter, list, err)
	}
	_, _, err = s.As(storetest.Qiang).SurveyRates(t.Context(), store.SurveyQuery{By: models.ScopeDistrict})
	wantCode(t, err, "forbidden")
}

func TestSurveyTexts(t *testing.T) {
	s, _ := storetest.District(t)
	asked(t, s, "2026Q3", storetest.EastTeam, storetest.Liuyuan, 7, 7)
	asked(t, s, "2026Q2", storetest.EastTeam, storetest.Liuyuan, 4, 4)
	var got []string
	p := store.Page{Limit: 3}
	for {
		_, l, err := s.As(storetest.Manager).SurveyTexts(t.Context(), "", p)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, l.Items...)
		if p.Cursor = l.Next; p.Cursor == "" {
			break
		}
	}
	if strings.Join(got, " ") != "意见00 意见03 意见06 意见01 意见04 意见02 意见05" { // by the random number, not by entry
		t.Errorf("%v", got)
	}
	if _, l, err := s.As(storetest.Manager).SurveyTexts(t.Context(), "2026Q2", store.Page{}); err != nil || len(l.Items) != 0 {
		t.Errorf("of four: %v %v", l.Items, err)
	}
	for _, a := range []models.Actor{storetest.LiuyuanBoss, storetest.EastLead, storetest.Officer, storetest.Qiang, {}} {
		_, _, err := s.As(a).SurveyTexts(t.Context(), "", store.Page{})
		wantCode(t, err, "forbidden")
	}
}

// Nothing that is stored leads from an answer to its person.
func TestSurveyIsAnonymous(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k", Operation: "o", Hash: "h"})
	if _, err := s.As(storetest.Qiang).AnswerSurvey(ctx, opinion(1)); err != nil {
		t.Fatal(err)
	}
	got := rows[models.Survey](t, s)[0]
	for _, a := range rows[models.AuditRow](t, s, "object = 'survey'") {
		if a.ObjectID != 0 || a.ResidentID != storetest.ZhangQiang || a.Detail != "2026Q4" {
			t.Errorf("%+v", a)
		}
	}
	if n := len(rows[models.Event](t, s)) + len(rows[models.Message](t, s)); n != 0 {
		t.Errorf("%d events and messages", n)
	}
	if len(got.Once) != 64 {
		t.Errorf("%q", got.Once)
	}
	err := store.EachCell(t.Context(), db, func(table, column, text string) {
		if strings.Contains(text, "随访很及时") {
			t.Errorf("%s.%s holds the text in clear", table, column)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
