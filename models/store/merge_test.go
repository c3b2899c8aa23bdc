package store_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func TestMergeMovesEverythingToTheSurvivor(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.EastLead)
	born := storetest.Today.AddDays(-40)
	baby, err := v.CreateResident(t.Context(), models.ResidentDraft{Name: "张新生", Sex: "1", BirthDate: born, VillageID: storetest.EastVillage, Permanent: true})
	if err != nil {
		t.Fatal(err)
	}
	numbered, err := v.CreateResident(t.Context(), models.ResidentDraft{Name: "张天赐", DocumentNo: storetest.IDNumber(born, 7), VillageID: storetest.EastVillage, Permanent: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Enrol(t.Context(), numbered.ID, store.Enrolment{Code: models.Disabled, Begin: storetest.Today, Evidence: "残疾人证", Source: models.FromManual}); err != nil {
		t.Fatal(err)
	}
	verify(t, s)
	merged, err := s.As(storetest.LiuyuanBoss).Merge(t.Context(), baby.ID, numbered.ID, 0)
	if err != nil || merged.Name != "张天赐" || merged.DocumentNo != numbered.DocumentNo || merged.RecordNo != baby.RecordNo {
		t.Fatalf("%+v %v", merged, err)
	}
	p, err := v.Resident(t.Context(), baby.ID)
	if err != nil || !p.Populations.Has(models.Disabled) || !p.Populations.Has(models.Children) {
		t.Errorf("%v %v", p.Populations.Populations(), err)
	}
	if got := rate(t, s.As(storetest.Manager), models.All); got.Residents != 9 {
		t.Errorf("the duplicate is still counted: %+v", got)
	}
	verify(t, s)
	_, err = v.UpdateResident(t.Context(), numbered.ID, 1, store.ResidentPatch{Name: new("李")})
	if err == nil {
		t.Error("a merged record can still be changed")
	}
}

func TestMergeKeepsOneContract(t *testing.T) {
	s, _ := storetest.District(t)
	sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	sign(t, s, storetest.EastLead, storetest.LiuFang, storetest.EastTeam)
	if _, err := s.As(storetest.LiuyuanBoss).Merge(t.Context(), storetest.ZhangQiang, storetest.LiuFang, 0); err != nil {
		t.Fatal(err)
	}
	l, err := s.As(storetest.EastLead).Contracts(t.Context(), store.ContractFilter{ResidentID: storetest.ZhangQiang, Status: models.Active}, store.Page{})
	if err != nil || len(l.Items) != 1 {
		t.Errorf("%d active contracts, %v", len(l.Items), err)
	}
	team, err := s.As(storetest.EastLead).Team(t.Context(), storetest.EastTeam)
	if err != nil || team.Team.Load != 1 {
		t.Errorf("load %d, %v", team.Team.Load, err)
	}
	verify(t, s)
}
