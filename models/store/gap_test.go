package store_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// TestGapList works through the eligible but unsigned of 东村: shared out, spoken to, signed.
func TestGapList(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.EastLead)
	gap := func(f store.GapFilter) []string {
		t.Helper()
		list, err := v.Gap(t.Context(), f, store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range list.Items {
			names = append(names, e.Resident.Name)
		}
		return names
	}
	if got := gap(store.GapFilter{}); len(got) != 2 || got[0] != "张秀英" || got[1] != "张小宝" {
		t.Fatalf("%v", got)
	}
	if got := gap(store.GapFilter{Population: models.Hypertension, VillageID: storetest.EastVillage}); len(got) != 1 {
		t.Errorf("%v", got)
	}
	if n, err := v.AssignGap(t.Context(), []models.ID{storetest.ZhangXiuying}, storetest.EastNurse); err != nil || n != 1 {
		t.Fatalf("%d %v", n, err)
	}
	_, err := v.AssignGap(t.Context(), []models.ID{storetest.ZhangXiuying}, storetest.WestNurse)
	wantField(t, err, "staff_id", "not_in_team")
	_, err = v.AssignGap(t.Context(), []models.ID{storetest.LiJianguo}, 0)
	wantField(t, err, "resident_ids", "unknown")
	if got := gap(store.GapFilter{StaffID: storetest.EastNurse, Untouched: true}); len(got) != 1 || got[0] != "张秀英" {
		t.Errorf("%v", got)
	}
	if got := gap(store.GapFilter{Unassigned: true}); len(got) != 1 || got[0] != "张小宝" {
		t.Errorf("%v", got)
	}
	nurse := s.As(storetest.EastNurseOne)
	_, err = nurse.NoteGapContact(t.Context(), storetest.ZhangXiuying, models.GapContact{On: s.Today().AddDays(1), Way: 3, Outcome: "maybe"}, s.Today())
	wantField(t, err, "on", "future")
	wantField(t, err, "outcome", "enum")
	wantField(t, err, "next_on", "inconsistent")
	e, err := nurse.NoteGapContact(t.Context(), storetest.ZhangXiuying, models.GapContact{On: s.Today(), Way: 2, Outcome: models.GapThinking, Note: "要和儿子商量"}, s.Today().AddDays(7))
	if err != nil || e.Item.Contacts != 1 || e.StaffName != "吴护士" || e.Item.NextOn != s.Today().AddDays(7) {
		t.Fatalf("%+v %v", e, err)
	}
	if got := gap(store.GapFilter{Outcome: models.GapThinking}); len(got) != 1 {
		t.Errorf("%v", got)
	}
	contacts, err := v.GapContacts(t.Context(), storetest.ZhangXiuying)
	if err != nil || len(contacts) != 1 || contacts[0].Note != "要和儿子商量" {
		t.Errorf("%+v %v", contacts, err)
	}
	sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	if got := gap(store.GapFilter{}); len(got) != 1 || got[0] != "张小宝" {
		t.Errorf("the signed leave the list: %v", got)
	}
	_, err = nurse.NoteGapContact(t.Context(), storetest.ZhangXiuying, models.GapContact{On: s.Today(), Way: 3, Outcome: models.GapWillSign}, models.Date{})
	wantCode(t, err, "signed")
	_, err = s.As(storetest.WestLead).GapContacts(t.Context(), storetest.ZhangXiuying)
	wantCode(t, err, "not_found")
}

func TestCapacity(t *testing.T) {
	s, _ := storetest.District(t)
	sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	log(t, s, htn(storetest.Today, pressure(165, 95)))
	list, err := s.As(storetest.Manager).Capacities(t.Context(), 0)
	if err != nil || len(list) != 3 || list[0].TeamID != storetest.EastTeam || list[0].Load != 1 || list[0].Capacity != 2000 || list[0].Percent != 0.05 || list[0].Near || list[0].Due < 2 {
		t.Fatalf("%+v %v", list, err)
	}
	if list, err := s.As(storetest.WestLead).Capacities(t.Context(), 0); err != nil || len(list) != 1 || list[0].TeamID != storetest.WestTeam {
		t.Errorf("%+v %v", list, err)
	}
	if _, err := s.As(storetest.Mei).Capacities(t.Context(), 0); err == nil {
		t.Error("a resident reads the load of teams")
	}
}
