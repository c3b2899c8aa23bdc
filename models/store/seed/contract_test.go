package seed

import (
	"testing"

	"jiayi/internal/seal"
	"jiayi/models"
	"jiayi/models/store/storetest"
)

func TestOneContractInForcePerSignedPerson(t *testing.T) {
	m := oneToAHundred(t)
	byResident, numbers, load := map[models.ID][]models.Contract{}, map[string]bool{}, map[models.ID]int{}
	inForce, soonOver, renewed := 0, 0, 0
	for _, c := range m.contracts {
		if numbers[c.No] {
			t.Fatalf("agreement number used twice")
		}
		numbers[c.No] = true
		for _, other := range byResident[c.ResidentID] {
			if !c.BeginDate.IsZero() && !c.BeginDate.After(other.EndDate) {
				t.Fatalf("contracts %d and %d overlap", other.ID, c.ID)
			}
		}
		byResident[c.ResidentID] = append(byResident[c.ResidentID], c)
		if c.Status == models.Applied {
			continue
		}
		if models.TermEnd(c.BeginDate, c.TermYears) != c.EndDate || c.BeginDate.Before(m.residents[c.ResidentID-1].BirthDate) {
			t.Fatalf("contract %d runs from %v to %v", c.ID, c.BeginDate, c.EndDate)
		}
		if c.PreviousID != 0 {
			renewed++
			if previous := m.contracts[c.PreviousID-1]; previous.EndDate.AddDays(1) != c.BeginDate || previous.Status != models.Renewed {
				t.Fatalf("contract %d does not follow its predecessor", c.ID)
			}
		}
		if !c.InForceOn(storetest.Today) {
			continue
		}
		inForce++
		load[c.TeamID]++
		if c.Status != models.Active || c.Slot == nil || *c.Slot != models.CurrentSlot {
			t.Fatalf("contract %d is in force as %s", c.ID, c.Status)
		}
		if c.EndDate.Sub(storetest.Today) < 60 {
			soonOver++
		}
		if r := m.residents[c.ResidentID-1]; r.SignedTeamID != c.TeamID || !r.Standing.Signed || r.Standing.PanelID != c.TeamID {
			t.Fatalf("resident %d does not stand as signed", r.ID)
		}
	}
	expect(t, "in force", inForce, 3297)
	for _, team := range m.teams {
		expect(t, "load", load[team.ID], team.Load)
	}
	if share := 1000 * soonOver / inForce; share < 60 || share > 105 {
		t.Errorf("%d‰ end within 60 days, want about 80", share)
	}
	if renewed < inForce/3 {
		t.Errorf("only %d renewals", renewed)
	}
	expect(t, "agreements", len(m.agreements), len(m.contracts))
	for i, a := range m.agreements {
		if a.ContractID != m.contracts[i].ID || a.Hash != seal.SM3Hex([]byte(a.Text)) {
			t.Fatalf("agreement %d is not of contract %d, or its hash is wrong", a.ID, m.contracts[i].ID)
		}
		minor := m.residents[m.contracts[i].ResidentID-1].Age(storetest.Today) < models.AgeOfConsent
		if minor && a.SignerKind == models.SelfSigned {
			t.Fatalf("a minor signed agreement %d", a.ID)
		}
		var p models.Problems
		if models.CheckSignature(&p, "signature", a.Signature); p.Err() != nil {
			t.Fatal(p.Err())
		}
	}
}

func TestPackagesFitThePerson(t *testing.T) {
	for _, c := range []struct {
		mask models.Mask
		nth  int
		want []int
	}{
		{models.MaskOf(models.General), 1, []int{packBase}},
		{models.MaskOf(models.General), 40, []int{packBase, packTCM}},
		{models.MaskOf(models.Hypertension), 1, []int{packBase, packHTN}},
		{models.MaskOf(models.Hypertension, models.Diabetes), 1, []int{packBase, packThreeHigh}},
		{models.MaskOf(models.Diabetes, models.Dyslipidaemia), 1, []int{packBase, packDM}},
		{models.MaskOf(models.Hypertension, models.Dyslipidaemia, models.Elderly), 1, []int{packBase, 1, packThreeHigh}},
	} {
		got := packagesOf(c.mask, c.nth)
		if len(got) != len(c.want) {
			t.Errorf("%v: %v, want %v", c.mask.Populations(), got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%v: %v, want %v", c.mask.Populations(), got, c.want)
			}
		}
	}
}
