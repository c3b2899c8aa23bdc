package seed_test

import (
	"testing"

	"jiayi/internal/sqlwatch"
	"jiayi/models/store"
	"jiayi/models/store/seed"
	"jiayi/models/store/storetest"
)

// loaded is a hundredth of the district in a database.
type loaded struct {
	store  *store.Store
	db     *store.Database
	watch  *sqlwatch.Recorder
	result seed.Result
}

// TestLoadedDistrict loads the district once for all that look at it.
func TestLoadedDistrict(t *testing.T) {
	d := loaded{watch: &sqlwatch.Recorder{}}
	d.db = storetest.Watched(t, d.watch.Watch)
	d.store, _ = storetest.OpenOn(t, d.db, store.Options{})
	d.result = run(t, d.store, 0.01)
	for _, look := range []struct {
		name string
		at   func(loaded, *testing.T)
	}{
		{"published rates", loaded.showsThePublishedRates},
		{"complaints", loaded.hasComplaints},
		{"events", loaded.carriesItsEvents},
		{"months", loaded.hasAYearOfMonths},
		{"appointments", loaded.hasAppointments},
		{"home services", loaded.hasHomeServices},
		{"prescriptions", loaded.hasPrescriptions},
		{"conversations", loaded.hasConversations},
		{"notices", loaded.hasNotices},
		{"hot statements", loaded.readsNoLargeTableThrough},
		{"exports", loaded.hasExports}, // which asks for more of them
	} {
		t.Run(look.name, func(t *testing.T) { look.at(d, t) })
	}
}
