package store_test

import (
	"strings"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// partnered gives the district two units and links the east team with the first.
func partnered(t *testing.T, s *store.Store) store.LinkFile {
	t.Helper()
	units := []models.Partner{{ID: 1, Name: "区人民医院", Kind: "district", Active: true}, {ID: 2, Name: "市立医院", Kind: "city_hospital", Active: true}, {ID: 3, Name: "已撤单位", Kind: "other"}}
	if err := s.Load(t.Context(), func(l *store.Loader) error { return l.Insert(&units) }); err != nil {
		t.Fatal(err)
	}
	l, err := s.As(storetest.LiuyuanBoss).BeginLink(t.Context(), linkWith(1, storetest.EastTeam))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func linkWith(unit, team models.ID) models.TeamPartner {
	return models.TeamPartner{TeamID: team, PartnerID: unit, Scope: "坐诊、带教", Frequency: "每月2次", LeadExpert: "李专家", Begin: mustDate("2026-01-01")}
}

func visitOf(on string) models.PartnerSession {
	return models.PartnerSession{Kind: "clinic", On: mustDate(on), Expert: "李专家", HalfHours: 7, People: 20, Notes: "心内科"}
}

func TestPartnerSessions(t *testing.T) {
	s, _ := storetest.District(t)
	l := partnered(t, s)
	lead := s.As(storetest.EastLead)
	var last store.SessionLine
	for _, on := range []string{"2026-11-02", "2026-11-20", "2026-11-23"} {
		var err error
		if last, err = lead.LogSession(t.Context(), l.ID, visitOf(on)); err != nil || last.PartnerName != "区人民医院" || last.InstitutionID != storetest.Liuyuan {
			t.Fatalf("%+v %v", last, err)
		}
	}
	_, err := lead.LogSession(t.Context(), l.ID, visitOf("2025-12-31"))
	wantField(t, err, "on", "out_of_term")
	_, err = s.As(storetest.EastNurseOne).LogSession(t.Context(), l.ID, visitOf("2026-11-20"))
	wantCode(t, err, "forbidden")
	for name, actor := range map[string]models.Actor{"west": storetest.WestLead, "shiliu": storetest.ShiliuLead, "resident": storetest.Qiang, "auditor": storetest.AuditorOne, "nobody": {}} {
		v := s.As(actor)
		if _, err := v.LogSession(t.Context(), l.ID, visitOf("2026-11-20")); !models.IsKind(err, models.NotFound) {
			t.Errorf("%s logs: %v", name, err)
		}
		if _, err := v.PartnerLink(t.Context(), l.ID); !models.IsKind(err, models.NotFound) {
			t.Errorf("%s reads: %v", name, err)
		}
		list, err := v.PartnerSessions(t.Context(), store.SessionFilter{}, store.Page{})
		if err != nil || len(list.Items) != 0 {
			t.Errorf("%s lists %d, %v", name, len(list.Items), err)
		}
	}
	_, err = lead.VoidSession(t.Context(), last.ID, " ")
	wantField(t, err, "reason", "required")
	if _, err := lead.VoidSession(t.Context(), last.ID, "重复登记"); err != nil {
		t.Fatal(err)
	}
	_, err = lead.VoidSession(t.Context(), last.ID, "重复登记")
	wantCode(t, err, "voided")
	list, err := s.As(storetest.LiuyuanBoss).PartnerSessions(t.Context(), store.SessionFilter{LinkID: l.ID, TeamID: 1, PartnerID: 1, From: mustDate("2026-11-01"), To: mustDate("2026-11-30")}, store.Page{})
	if err != nil || len(list.Items) != 2 || list.Items[0].On != mustDate("2026-11-20") {
		t.Errorf("%+v %v", list, err)
	}
}

func TestContributions(t *testing.T) {
	s, _ := storetest.District(t)
	l := partnered(t, s)
	if _, err := s.As(storetest.LiuyuanBoss).BeginLink(t.Context(), linkWith(2, storetest.WestTeam)); err != nil {
		t.Fatal(err)
	}
	for range 3 { // twice a month are promised
		if _, err := s.As(storetest.EastLead).LogSession(t.Context(), l.ID, visitOf("2026-11-20")); err != nil {
			t.Fatal(err)
		}
	}
	teaching := visitOf("2026-10-01")
	teaching.Kind = "teaching"
	if _, err := s.As(storetest.EastLead).LogSession(t.Context(), l.ID, teaching); err != nil {
		t.Fatal(err)
	}
	from, to := mustDate("2026-11-01"), mustDate("2026-11-23") // 23 days promise one
	for byTeam, name := range map[bool]string{false: "区人民医院", true: "东村团队"} {
		table, err := s.As(storetest.Manager).Contributions(t.Context(), byTeam, from, to)
		if err != nil || len(table.Rows) != 2 {
			t.Fatalf("%+v %v", table, err)
		}
		r := table.Rows[0]
		if r.Name != name || r.Links != 1 || r.Sessions != 3 || r.Hours != 10.5 || r.People != 60 || r.ByKind["clinic"] != 3 || r.Done != 1 || r.Expected != 1 {
			t.Errorf("%+v", r)
		}
		if r := table.Rows[1]; r.Sessions != 0 || r.Done != 0 || r.Expected != 1 {
			t.Errorf("%+v", r)
		}
	}
	year, err := s.As(storetest.EastLead).Contributions(t.Context(), false, models.Date{}, models.Date{})
	if err != nil || len(year.Rows) != 1 || year.Rows[0].Sessions != 4 || year.Rows[0].ByKind["teaching"] != 1 || year.Rows[0].Expected != 21 || year.Rows[0].Done != 4 {
		t.Errorf("%+v %v", year, err)
	}
	if none, err := s.As(storetest.Qiang).Contributions(t.Context(), false, from, to); err != nil || len(none.Rows) != 0 {
		t.Errorf("a resident sees %+v %v", none, err)
	}
}

func TestPartnerLinks(t *testing.T) {
	s, _ := storetest.District(t)
	l := partnered(t, s)
	boss := s.As(storetest.LiuyuanBoss)
	_, err := boss.BeginLink(t.Context(), linkWith(1, storetest.EastTeam))
	wantCode(t, err, "already_linked")
	_, err = boss.BeginLink(t.Context(), linkWith(1, storetest.ShiliuTeam))
	wantCode(t, err, "forbidden")
	_, err = s.As(storetest.EastLead).BeginLink(t.Context(), linkWith(2, storetest.EastTeam))
	wantCode(t, err, "forbidden")
	for _, unit := range []models.ID{3, 99} {
		_, err = boss.BeginLink(t.Context(), linkWith(unit, storetest.EastTeam))
		wantField(t, err, "partner_id", "unknown")
	}
	wrong := linkWith(2, storetest.EastTeam)
	wrong.Frequency = "常来"
	_, err = boss.BeginLink(t.Context(), wrong)
	wantField(t, err, "frequency", "format")
	_, err = s.As(storetest.EastLead).MoveLink(t.Context(), l.ID, models.MoveEndLink, s.Today(), "调整")
	wantCode(t, err, "forbidden")
	_, err = s.As(models.Actor{Role: models.InstitutionManager, AccountID: 9, InstitutionID: storetest.Shiliu}).MoveLink(t.Context(), l.ID, models.MoveEndLink, s.Today(), "调整")
	wantCode(t, err, "not_found")
	got, err := boss.MoveLink(t.Context(), l.ID, models.MoveEndLink, mustDate("2026-11-10"), "专家调动")
	if err != nil || got.Status() != models.LinkEnded || len(got.History) != 2 || got.History[1].Reason != "专家调动" || len(got.Actions) != 1 {
		t.Fatalf("%+v %v", got, err)
	}
	_, err = s.As(storetest.EastLead).LogSession(t.Context(), l.ID, visitOf("2026-11-11"))
	wantField(t, err, "on", "out_of_term")
	if _, err := s.As(storetest.EastLead).LogSession(t.Context(), l.ID, visitOf("2026-11-10")); err != nil {
		t.Errorf("of the last day: %v", err)
	}
	if list, err := boss.PartnerLinks(t.Context(), store.LinkFilter{Status: models.LinkActive, TeamID: 1, PartnerID: 1}, store.Page{}); err != nil || len(list.Items) != 0 {
		t.Errorf("%+v %v", list, err)
	}
	if got, err = boss.MoveLink(t.Context(), l.ID, models.MoveResumeLink, mustDate("2026-11-20"), ""); err != nil || got.Status() != models.LinkActive || got.Begin != mustDate("2026-11-20") {
		t.Errorf("%+v %v", got, err)
	}
}

func TestPartnerExpertIsSealed(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	l := partnered(t, s)
	v := visitOf("2026-11-20")
	v.Expert, v.Notes = "孙大圣", "秘密的记录"
	line, err := s.As(storetest.EastLead).LogSession(t.Context(), l.ID, v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.EastLead).VoidSession(t.Context(), line.ID, "秘密的原因"); err != nil {
		t.Fatal(err)
	}
	err = store.EachCell(t.Context(), db, func(table, column, text string) {
		if strings.Contains(text, "孙大圣") || strings.Contains(text, "秘密") {
			t.Errorf("%s.%s holds it in clear", table, column)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
