package seed

import (
	"crypto/sha256"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"jiayi/internal/seal"
	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// made is a district made but not loaded.
type made struct {
	*district
	rows
	w *scribe
}

func makeDistrict(t testing.TB, s *store.Store, opt Options) made {
	t.Helper()
	opt.Today, opt.TOTPSecret = storetest.Today, func(string) string { return "secret" }
	d := newDistrict(rand.New(rand.NewPCG(opt.Seed, 0)), opt)
	w := newScribe(d, s, opt)
	m := made{district: d, w: w}
	err := w.each(d.populate(newPlan(opt.Scale), opt.Seed), func(r *rows) error {
		m.households = append(m.households, r.households...)
		m.residents = append(m.residents, r.residents...)
		m.memberships = append(m.memberships, r.memberships...)
		m.contracts = append(m.contracts, r.contracts...)
		m.rows.packages = append(m.rows.packages, r.packages...)
		m.events = append(m.events, r.events...)
		m.agreements = append(m.agreements, r.agreements...)
		m.encounters = append(m.encounters, r.encounters...)
		m.followups = append(m.followups, r.followups...)
		m.tasks = append(m.tasks, r.tasks...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var hundredth made

// oneToAHundred is made once for all tests, which only read it.
func oneToAHundred(t testing.TB) made {
	t.Helper()
	if hundredth.w == nil {
		s, _ := storetest.Open(t)
		hundredth = makeDistrict(t, s, Options{Scale: 0.01, Seed: 1})
	}
	return hundredth
}

// hash is one over every row, sealed fields in the clear.
func (m made) hash(t *testing.T) [32]byte {
	t.Helper()
	h := sha256.New()
	e := json.NewEncoder(h)
	for _, list := range []any{m.institutions, m.alliances, m.allies, m.villages, m.teams, m.staff, m.members, m.partners, m.links, m.district.packages, m.items, m.accounts,
		m.households, m.residents, m.memberships, m.contracts, m.rows.packages, m.events, m.agreements, m.encounters, m.followups, m.tasks, m.w.demo.users(), m.w.demo.guardians(storetest.Today)} {
		if err := e.Encode(list); err != nil {
			t.Fatal(err)
		}
	}
	return [32]byte(h.Sum(nil))
}

func TestSameSeedSameDistrict(t *testing.T) {
	s, _ := storetest.Open(t)
	first := makeDistrict(t, s, Options{Scale: 0.002, Seed: 3})
	if again := makeDistrict(t, s, Options{Scale: 0.002, Seed: 3}); first.hash(t) != again.hash(t) {
		t.Error("two runs of one seed differ")
	}
	if other := makeDistrict(t, s, Options{Scale: 0.002, Seed: 4}); first.hash(t) == other.hash(t) {
		t.Error("another seed makes the same district")
	}
}

func TestPeopleAreWhoTheirNumbersSay(t *testing.T) {
	m := oneToAHundred(t)
	rules := codes.IDRules{Today: storetest.Today, AllowTestRegion: true}
	numbers, records, heads := map[string]bool{}, map[string]bool{}, map[models.ID]int{}
	men := 0
	for _, r := range m.residents {
		id, err := rules.ParseIDNumber(r.DocumentNo)
		if err != nil || id.Born != r.BirthDate || id.Sex != r.Sex || numbers[r.DocumentNo] {
			t.Fatalf("resident %d: number refused (%v), of someone else or used twice", r.ID, err)
		}
		numbers[r.DocumentNo] = true
		no, err := codes.ParseRecordNo(r.RecordNo)
		if err != nil || no.Prefix() != m.villages[r.VillageID-1].EHRCode || records[r.RecordNo] {
			t.Fatalf("resident %d: record number %v", r.ID, err)
		}
		records[r.RecordNo] = true
		var p models.Problems
		draft := models.DraftOf(r)
		draft.Check(&p, rules)
		if err := p.Err(); err != nil {
			t.Fatalf("resident %d would be refused: %+v", r.ID, err)
		}
		if r.HouseRelation == relHead {
			heads[r.HouseholdID]++
		}
		if r.Sex == codes.SexMale {
			men++
		}
	}
	for _, h := range m.households {
		if heads[h.ID] != 1 || m.residents[h.HeadID-1].HouseholdID != h.ID {
			t.Fatalf("household %d has %d heads", h.ID, heads[h.ID])
		}
	}
	expect(t, "households", len(m.households), 1779)
	if share := 1000 * men / len(m.residents); share < 508 || share > 518 {
		t.Errorf("male share %d‰, want about 513", share)
	}
}

func TestKeyPopulationIsASet(t *testing.T) {
	m := oneToAHundred(t)
	byResident := map[models.ID][]models.Membership{}
	for _, x := range m.memberships {
		byResident[x.ResidentID] = append(byResident[x.ResidentID], x)
		spec, _ := x.Code.Spec()
		if r := m.residents[x.ResidentID-1]; r.BirthDate.AgeOn(x.Begin) < spec.MinAge || x.Begin.After(storetest.Today) || x.Begin.Before(r.BirthDate) {
			t.Fatalf("resident %d entered %s at %d", r.ID, x.Code, r.BirthDate.AgeOn(x.Begin))
		}
	}
	key, signed, tags := 0, 0, 0
	for _, r := range m.residents {
		mask := models.PopulationsOn(r.BirthDate, byResident[r.ID], storetest.Today)
		if mask != r.Standing.Mask {
			t.Fatalf("resident %d stands for other populations than the memberships say", r.ID)
		}
		if !mask.Has(models.Key) {
			continue
		}
		key++
		if r.Standing.Signed {
			signed++
		}
		for _, p := range mask.Populations() {
			if spec, ok := p.Spec(); ok && spec.InKey {
				tags++
			}
		}
	}
	expect(t, "key", key, 1673)
	expect(t, "key signed", signed, 1264)
	if tags <= key {
		t.Errorf("%d tags on %d people: nobody is in two populations", tags, key)
	}
}

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

func TestEveryManagedPersonHasOneTaskPerProgramme(t *testing.T) {
	for _, full := range []bool{false, true} {
		m := oneToAHundred(t)
		if full {
			s, _ := storetest.Open(t)
			m = made{}
			m.district = newDistrict(rand.New(rand.NewPCG(1, 0)), Options{Today: storetest.Today, TOTPSecret: func(string) string { return "" }})
			m.w = newScribe(m.district, s, Options{Scale: 1, Seed: 1, Today: storetest.Today})
			if err := m.w.each(m.populate(newPlan(0.01), 1), func(r *rows) error {
				m.memberships, m.tasks, m.residents = append(m.memberships, r.memberships...), append(m.tasks, r.tasks...), append(m.residents, r.residents...)
				m.agreements = append(m.agreements, r.agreements...)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			for _, a := range m.agreements {
				if a.TeamSigned != nil && len([]rune(a.Text)) > 150 {
					t.Fatal("a full district keeps short texts")
				}
			}
		}
		want, got := map[string]bool{}, map[string]bool{}
		for _, x := range m.memberships {
			for program := range models.Enrolments([]models.Membership{x}) {
				want[x.ResidentID.String()+program] = true
			}
		}
		states := map[models.TaskState]int{}
		for _, task := range m.tasks {
			if task.Open == nil {
				continue
			}
			key := task.ResidentID.String() + task.Program
			if !want[key] || got[key] || task.TeamID != m.residents[task.ResidentID-1].CareTeamID() {
				t.Fatalf("task %d is double, of nobody managed, or of another team", task.ID)
			}
			got[key] = true
			states[task.State(storetest.Today)]++
		}
		expect(t, "tasks", len(got), len(want))
		for _, state := range []models.TaskState{models.Overdue, models.Due, models.Upcoming} {
			if states[state] < len(want)/40 {
				t.Errorf("full %v: only %d of %d tasks are %s", full, states[state], len(want), state)
			}
		}
	}
}

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
	expect(t, "logins", len(d.demoLogins()), 7)
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
