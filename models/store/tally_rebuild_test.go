package store_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// After a rebuild the tasks follow from the facts again: a clock that was wrong for a night
// leaves some by the wrong day.
func TestRebuildMakesTasksDueForTheirPlan(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	raw := storetest.Raw(t, db)
	var task models.Task
	if err := raw.Order("id").Take(&task, "due_on IS NOT NULL").Error; err != nil {
		t.Fatal(err)
	}
	if err := raw.Model(&models.Task{}).Where("id = ?", task.ID).Update("due_on", task.DueOn.AddDays(40)).Error; err != nil {
		t.Fatal(err)
	}
	if found, err := s.VerifyTallies(t.Context()); err != nil || found.Tasks != 1 {
		t.Fatalf("%+v %v", found, err)
	}
	if _, err := s.RebuildTallies(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PlanDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found, err := s.VerifyTallies(t.Context()); err != nil || !found.Clean() {
		t.Errorf("%+v %v", found, err)
	}
}
