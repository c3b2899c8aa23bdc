package store_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store/storetest"
)

// BenchmarkTallyUpdate signs a resident and ends the contract again: two changes of the
// figures of every scope with all that stands around them in their transactions.
//
//	JIAYI_TEST_DB=mysql bash scripts/mariadb.sh go test -run '^$' -bench TallyUpdate -count 10 ./models/store
func BenchmarkTallyUpdate(b *testing.B) {
	s, _ := storetest.District(b)
	lead := s.As(storetest.EastLead)
	for b.Loop() {
		c, err := lead.Sign(b.Context(), onSite(storetest.ZhangXiuying, storetest.EastTeam))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := lead.Terminate(b.Context(), c.ID, c.Version, models.StopByResident, ""); err != nil {
			b.Fatal(err)
		}
	}
}
