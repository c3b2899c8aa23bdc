package store_test

import (
	"fmt"
	"strings"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// TestNothingPersonalLiesInTheDatabase reads every column of every table after people,
// contracts and visits were entered: no ID number, phone or address is there in clear.
func TestNothingPersonalLiesInTheDatabase(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	in := onSite(storetest.ZhangXiuying, storetest.EastTeam)
	in.PackageIDs = []models.ID{storetest.HTNPackage}
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k", Operation: "o", Hash: "h"})
	if _, err := s.As(storetest.EastLead).Sign(ctx, in); err != nil {
		t.Fatal(err)
	}
	created := models.ResidentDraft{Name: "赵新", DocumentNo: storetest.IDNumber(storetest.Today.AddYears(-40), 12), Phone: "19955554321", Address: "东村西街77号", VillageID: storetest.EastVillage}
	if _, err := s.As(storetest.EastLead).CreateResident(store.WithRequest(t.Context(), store.Request{Key: "k2", Operation: "o", Hash: "h"}), created); err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.EastLead).Reveal(t.Context(), storetest.ZhangXiuying, "上门核对"); err != nil {
		t.Fatal(err)
	}
	secrets := []string{"19900000001", "某路1号", created.DocumentNo, created.Phone, "西街77号", storetest.IDNumber(storetest.Today.AddYears(-70), 1)[:14]}
	r, err := s.As(storetest.EastLead).Reveal(t.Context(), storetest.ZhangXiuying, "再次核对")
	if err != nil {
		t.Fatal(err)
	}
	secrets = append(secrets, r.DocumentNo)
	cells := 0
	err = store.EachCell(t.Context(), db, func(table, column, text string) {
		cells++
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s.%s holds %s in clear", table, column, fmt.Sprintf("%.3s…", secret))
			}
		}
	})
	if err != nil || cells < 500 {
		t.Fatalf("%d cells read, %v", cells, err)
	}
}
