package seed

import (
	"math/rand/v2"
	"testing"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store/storetest"
)

func TestOrganisation(t *testing.T) {
	d := newDistrict(rand.New(rand.NewPCG(1, 0)), Options{Today: storetest.Today, TOTPSecret: func(string) string { return "secret" }})
	expect(t, "institutions", len(d.institutions), 1+1+3+10+186)
	expect(t, "teams", len(d.teams), 246)
	expect(t, "members", len(d.members), 516)
	expect(t, "partners", len(d.partners), 27)
	expect(t, "packages", len(d.packages), 14)
	bySize, marks := map[int]int{}, map[string]int{}
	perTeam := map[models.ID][]models.TeamMember{}
	for _, m := range d.members {
		perTeam[m.TeamID] = append(perTeam[m.TeamID], m)
	}
	for _, team := range d.teams {
		bySize[len(perTeam[team.ID])]++
		doctors := 0
		for _, m := range perTeam[team.ID] {
			if m.Role.Signs() {
				doctors++
			}
		}
		if doctors != team.Doctors || !perTeam[team.ID][0].Leader || perTeam[team.ID][0].StaffID != team.LeaderID {
			t.Errorf("team %d has %d family doctors", team.ID, doctors)
		}
	}
	expect(t, "teams of 2", bySize[2], 222)
	expect(t, "teams of 3", bySize[3], 24)
	names := map[string]bool{}
	unique := func(what, name string) {
		if names[what+name] {
			t.Errorf("%s %q twice", what, name)
		}
		names[what+name] = true
	}
	for _, in := range d.institutions {
		marks[in.ThreeHigh]++
		unique("institution", in.Name)
		unique("code", in.Code)
		if in.USCC != "" {
			if c, err := codes.ParseUSCC(in.USCC); err != nil || !c.OrganisationValid {
				t.Errorf("credit code of %s: %v", in.Name, err)
			}
			unique("credit code", in.USCC)
		}
		if in.LicenceNo != "" {
			if _, err := codes.ParseLicence(in.LicenceNo); err != nil {
				t.Errorf("licence of %s: %v", in.Name, err)
			}
			unique("licence", in.LicenceNo)
		}
	}
	expect(t, "三高之家", marks["home"], 186)
	expect(t, "三高基地", marks["base"], 10)
	expect(t, "三高中心", marks["centre"], 1)
	served := map[models.ID]bool{}
	for _, v := range d.villages {
		unique("village", v.Name)
		unique("grid", v.Code)
		unique("record prefix", v.EHRCode)
		if no, err := codes.ParseRecordNo(v.EHRCode + "00001"); err != nil || (no.VillageKind() == "村委会") != (v.ClinicID != 0) {
			t.Errorf("record prefix of %s: %v", v.Name, err)
		}
		if d.teams[v.TeamID-1].InstitutionID != v.InstitutionID || d.teams[v.TeamID-1].ClinicID != v.ClinicID {
			t.Errorf("%s is served by a team of another place", v.Name)
		}
		served[v.TeamID] = true
	}
	expect(t, "teams with an area", len(served), 246)
	for _, team := range d.teams {
		unique("team", team.Name)
	}
	rules := codes.IDRules{Today: storetest.Today}
	for _, s := range d.staff {
		kind := codes.CertPhysicianPractice
		switch {
		case s.CertificateNo == "":
			continue
		case len(s.CertificateNo) == 12:
			kind = codes.CertNursePractice
		case s.CertificateNo[6] == '-':
			kind = codes.CertVillageDoctor
		}
		if _, err := rules.ParseCertificate(kind, s.CertificateNo); err != nil {
			t.Errorf("certificate of %s: %v", s.No, err)
		}
	}
	for _, a := range d.accounts {
		unique("username", a.Username)
		if spec, ok := a.Role.Spec(); !ok || spec.SecondOTP != (a.TOTPSecret != "") {
			t.Errorf("account %s", a.Username)
		}
	}
	expect(t, "logins", len(d.demoLogins()), 10)
}

func TestNoTeamIsOverItsCapacity(t *testing.T) {
	d := newDistrict(rand.New(rand.NewPCG(1, 0)), Options{Today: storetest.Today, TOTPSecret: func(string) string { return "" }})
	d.populate(newPlan(1), 1)
	total := 0
	for _, team := range d.teams {
		total += team.Load
		if team.Load > team.Capacity(models.CapacityPerDoctor) {
			t.Errorf("%s holds %d", team.Name, team.Load)
		}
	}
	expect(t, "signed", total, 329712)
}
