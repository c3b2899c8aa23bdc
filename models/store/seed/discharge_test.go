package seed

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store/storetest"
)

// TestDischargesOfLate counts a hundredth of the district's discharges, and looks for every
// level and for levels on time, late and in vain.
func TestDischargesOfLate(t *testing.T) {
	m := oneToAHundred(t)
	expect(t, "discharges", len(m.discharges), 20)
	of := map[models.ID]models.Discharge{}
	states := map[models.DischargeStatus]int{}
	for _, d := range m.discharges {
		of[d.ID] = d
		states[d.Status]++
		if d.AdmittedOn.After(d.DischargedOn) || d.Status != models.DischargePlanned && !d.DischargedOn.Before(storetest.Today) {
			t.Errorf("discharge %d: %v to %v, %s", d.ID, d.AdmittedOn, d.DischargedOn, d.Status)
		}
	}
	levels, onTime := map[int]int{}, 0
	asked := map[models.ID]map[string]bool{}
	for _, c := range m.calls {
		levels[c.Level]++
		if c.InTime() {
			onTime++
		}
		if c.Level > models.CallBefore && c.Level < models.CallCentre && !models.Sampled(c.DischargeID, c.Level) || c.On.After(storetest.Today) {
			t.Errorf("call %d of level %d on %v", c.ID, c.Level, c.On)
		}
		if c.MadeBy != "" {
			if asked[c.DischargeID][c.MadeBy] {
				t.Errorf("discharge %d was asked twice by %s", c.DischargeID, c.MadeBy)
			}
			if asked[c.DischargeID] == nil {
				asked[c.DischargeID] = map[string]bool{}
			}
			asked[c.DischargeID][c.MadeBy] = true
		}
	}
	for _, s := range []models.DischargeStatus{models.DischargePlanned, models.DischargeNotified, models.DischargeTaken, models.DischargeClosed} {
		if states[s] == 0 {
			t.Errorf("none is %s", s)
		}
	}
	if levels[0] != 1 || levels[1] != 19 || levels[2] == 0 || onTime == 0 {
		t.Errorf("levels %v, %d on time", levels, onTime)
	}
}
