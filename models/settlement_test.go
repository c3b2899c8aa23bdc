package models_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"jiayi/models"
)

func sumOf(lines []models.SettlementLine, step int) (total int64) {
	for _, l := range lines {
		if l.Step == step {
			total += l.Cents
		}
	}
	return total
}

func TestDivide(t *testing.T) {
	for _, c := range []struct {
		cents   int64
		weights []int64
		want    []int64
	}{
		{100, []int64{6, 3, 1}, []int64{60, 30, 10}},
		{101, []int64{6, 3, 1}, []int64{61, 30, 10}}, // 60.6, 30.3, 10.1
		{10, []int64{1, 1, 1}, []int64{4, 3, 3}},
		{2, []int64{1, 1, 1}, []int64{1, 1, 0}},
		{0, []int64{1, 2}, []int64{0, 0}},
		{7, []int64{0, -5, 2}, []int64{0, 0, 7}},
	} {
		got, ok := models.Divide(c.cents, c.weights)
		if !ok || len(got) != len(c.want) {
			t.Fatalf("%+v: %v", c, got)
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%+v: %v", c, got)
			}
		}
	}
	if _, ok := models.Divide(5, []int64{0, 0}); ok {
		t.Error("nobody can be given anything")
	}
}

// TestMoneyIsExact: no cent is lost or made, and nobody gets a cent more or less than the
// exact share rounded (domain §10.10).
func TestMoneyIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(0, 1e13).Draw(t, "cents")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1e9), 1, 40).Draw(t, "weights")
		shares, ok := models.Divide(cents, weights)
		if !ok {
			return
		}
		var sum, total int64
		for i, s := range shares {
			sum += s
			total += weights[i]
		}
		if sum != cents {
			t.Fatalf("%d became %d", cents, sum)
		}
		for i, s := range shares {
			exact := float64(cents) * float64(weights[i]) / float64(total)
			if math.Abs(float64(s)-exact) > 1+exact*1e-12 {
				t.Fatalf("share %d is %d, exactly %v", i, s, exact)
			}
		}
	})
}

func TestDivideFees(t *testing.T) {
	team := models.Team{ID: 3, InstitutionID: 2}
	members := []models.FeeShare{{1, "周医生", models.FamilyDoctor, 60, 100}, {2, "吴护士", models.TeamNurse, 40, 90}}
	lines := models.DivideFees(team, 12, 120001, 9500, 7000, members)
	if pool := sumOf(lines, 2); pool != 114001 || sumOf(lines, 3) != pool || lines[2].Cents != 79801 || sumOf(lines, 4) != lines[2].Cents {
		t.Errorf("%+v", lines)
	}
	idle := models.DivideFees(team, 0, 1000, 10000, 7000, []models.FeeShare{{1, "周医生", models.FamilyDoctor, 0, 100}, {2, "吴护士", models.TeamNurse, 0, 100}})
	if sumOf(idle, 4) != 700 || idle[4].Cents != 412 || idle[5].Cents != 288 {
		t.Errorf("without visits the roles count: %+v", idle)
	}
}

func TestDivideSurplus(t *testing.T) {
	at := func(id models.ID, level models.InstitutionLevel, score int64) models.SurplusShare {
		return models.SurplusShare{Institution: models.Institution{ID: id, Level: level}, Score: score, Weight: 1}
	}
	lines := models.DivideSurplus(1_000_003, []models.SurplusShare{at(1, models.LeadHospital, 9000), at(2, models.Township, 8000), at(3, models.CommunityHospital, 4000)})
	if sumOf(lines, 2) != 1_000_003 || sumOf(lines, 3) != lines[1].Cents+lines[2].Cents {
		t.Errorf("the village tier has nobody and keeps its part: %+v", lines)
	}
	if lines[1].Cents != 600_002 || lines[2].Cents != 300_001 || lines[3].Cents != 100_000 {
		t.Errorf("6:3:1 of %d: %+v", 1_000_003, lines[:4])
	}
}
