package seed_test

import (
	"fmt"
	"testing"
	"time"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/seed"
	"jiayi/models/store/storetest"
)

// BenchmarkReads reads what screens show all day from a district and from one of ten
// times the size: the work list of a team, one person's timeline, entitlements and tasks,
// rates and indicators. None of it may grow with the district.
//
//	go test -run '^$' -bench Reads ./models/store/seed
func BenchmarkReads(b *testing.B) {
	for _, scale := range []float64{0.01, 0.1} {
		b.Run(fmt.Sprint("scale=", scale), func(b *testing.B) {
			s, _ := storetest.Open(b)
			if _, err := seed.Run(b.Context(), s, seed.Options{Scale: scale, Seed: 1, Today: storetest.Today}); err != nil {
				b.Fatal(err)
			}
			lead := models.Actor{Role: models.TeamLead, AccountID: 1, StaffID: 1, InstitutionID: 5, TeamIDs: []models.ID{1}}
			manager := s.As(storetest.Manager)
			people, err := manager.Residents(b.Context(), store.ResidentFilter{Population: models.Hypertension, Signed: new(true)}, store.Page{Limit: 50})
			if err != nil || len(people.Items) == 0 {
				b.Fatal(err)
			}
			var all []models.Indicator
			for _, x := range models.Indicators {
				all = append(all, x.Code)
			}
			for _, op := range []struct {
				name string
				run  func(i int) error
			}{
				{"work list of a team", func(int) error {
					_, err := s.As(lead).WorkList(b.Context(), store.TaskFilter{TeamID: 1}, store.Page{})
					return err
				}},
				{"overdue work of a team", func(int) error {
					_, err := s.As(lead).WorkList(b.Context(), store.TaskFilter{TeamID: 1, State: models.Overdue}, store.Page{})
					return err
				}},
				{"timeline", func(i int) error {
					_, err := manager.Timeline(b.Context(), people.Items[i%len(people.Items)].ID, time.Time{}, 20)
					return err
				}},
				{"entitlements", func(i int) error {
					_, err := manager.Entitlements(b.Context(), people.Items[i%len(people.Items)].ID, 0, 0)
					return err
				}},
				{"indicators of the district", func(int) error {
					_, err := manager.Indicators(b.Context(), store.IndicatorQuery{By: models.ScopeDistrict, Codes: all})
					return err
				}},
				{"indicators of all teams", func(int) error {
					_, err := manager.Indicators(b.Context(), store.IndicatorQuery{By: models.ScopeTeam, Codes: all})
					return err
				}},
				{"rates of all teams", func(int) error {
					_, err := manager.ContractRates(b.Context(), store.RateQuery{By: models.ScopeTeam, Populations: models.Counted})
					return err
				}},
			} {
				b.Run(op.name, func(b *testing.B) {
					for i := range b.N {
						if err := op.run(i); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}
