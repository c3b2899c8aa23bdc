package seed

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store/storetest"
)

// TestConsultsOfAYear counts a hundredth of the district's remote services (domain §0.9).
func TestConsultsOfAYear(t *testing.T) {
	m := oneToAHundred(t)
	expect(t, "consults", len(m.consults), 160+spoiltConsults)
	kinds, states, late := map[models.ConsultKind]int{}, map[models.ConsultStatus]int{}, 0
	for _, c := range m.consults {
		kinds[c.Kind]++
		states[c.Status]++
		if c.ReportedAt != nil && c.ReportedAt.After(c.ReportBy) {
			late++
		}
		if !c.RequestedOn.Before(storetest.Today) || c.RequestedOn.Before(storetest.Today.AddDays(-consultDays)) || c.RequestedOn.Before(m.residents[c.ResidentID-1].BirthDate) {
			t.Errorf("consult %d is of %v", c.ID, c.RequestedOn)
		}
	}
	for _, kind := range models.ConsultKinds {
		if kinds[kind] == 0 {
			t.Errorf("none is %s", kind)
		}
	}
	for status := range models.ConsultStatusLabels {
		if states[status] == 0 {
			t.Errorf("none is %s", status)
		}
	}
	if late == 0 || late > len(m.consults)/10 {
		t.Errorf("%d are late", late)
	}
}
