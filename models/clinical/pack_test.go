package clinical

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jiayi/internal/calendar"
)

func TestPackOnPicksTheVersionInEffect(t *testing.T) {
	saved := packs
	t.Cleanup(func() { packs = saved })
	next := saved[0]
	next.Version, next.EffectiveFrom = "next", calendar.MustDate("2027-01-01")
	packs = slices.Concat(saved[:1], []Pack{next})
	for on, want := range map[string]string{
		"2010-01-01": saved[0].Version,
		"2017-02-28": saved[0].Version,
		"2026-12-31": saved[0].Version,
		"2027-01-01": "next",
		"2030-01-01": "next",
	} {
		if got := PackOn(calendar.MustDate(on)).Version; got != want {
			t.Errorf("on %s: %s, want %s", on, got, want)
		}
	}
}

func TestPackByVersion(t *testing.T) {
	base := PackOn(visitDay)
	for _, p := range []Pack{base, base.With(PHC2020)} {
		got, ok := PackByVersion(p.Version)
		if !ok || got.Version != p.Version || got.Profile.Name != p.Profile.Name {
			t.Errorf("%s gives %s", p.Version, got.Version)
		}
	}
	if _, ok := PackByVersion("nbphs9"); ok {
		t.Error("an unknown version was found")
	}
	if base.With(NBPHS3).Version != base.Version {
		t.Error("the default profile must not change the version")
	}
}

func TestProfiles(t *testing.T) {
	on := Visit{visitDay, WayClinic}
	born := func(age int) Subject { return Subject{BirthDate: visitDay.AddYears(-age)} }
	risky := func(s Subject) Subject { s.HighRisk = true; return s }
	for _, c := range []struct {
		profile GuidelineProfile
		subject Subject
		want    Pressure
	}{
		{NBPHS3, born(64), Pressure{140, 90}},
		{NBPHS3, born(65), Pressure{150, 90}},
		{NBPHS3, risky(born(50)), Pressure{140, 90}},
		{PHC2020, born(64), Pressure{140, 90}},
		{PHC2020, born(65), Pressure{150, 90}},
		{PHC2020, born(80), Pressure{150, 90}},
		{PHC2020, risky(born(70)), Pressure{130, 80}},
		{PHC2020, Subject{}, Pressure{140, 90}},
	} {
		if got := c.profile.limit(c.subject, on); got != c.want {
			t.Errorf("%s %+v: %v, want %v", c.profile.Name, c.subject, got, c.want)
		}
	}
}

func TestPrograms(t *testing.T) {
	want := map[string]string{
		Hypertension: "04", Diabetes: "05", Elderly: "03", TCM: "03", Maternal: "01", Newborn: "02", Child: "02",
		Mental: "06", Tuberculosis: "07", COPD: "22", Dyslipidaemia: "31", HomeVisit: "08 09 13 18", HealthCheck: "04 05 06", Screening: "10",
	}
	for _, p := range Programs() {
		if strings.Join(p.Populations, " ") != want[p.Code] || p.Name == "" {
			t.Errorf("%+v", p)
		}
		delete(want, p.Code)
	}
	if len(want) > 0 {
		t.Errorf("missing %v", want)
	}
	if _, problems := Assess("acupuncture", Subject{}, nil, Visit{On: visitDay}, Values{}); len(problems) != 1 {
		t.Errorf("an unknown programme gives %v", problems)
	}
}

// TestProfileDecides judges one visit by two profiles.
func TestProfileDecides(t *testing.T) {
	visit := Visit{visitDay, WayClinic}
	subject := Subject{BirthDate: calendar.MustDate("1970-01-01"), HighRisk: true}
	v, _ := formOf(t, Hypertension).Check(visit, map[string]any{"sbp": 135, "dbp": 75}, Draft)
	for _, c := range []struct {
		pack  Pack
		class int
	}{
		{PackOn(visitDay), ClassControlled},
		{PackOn(visitDay).With(PHC2020), ClassUncontrolled},
	} {
		a, problems := c.pack.Assess(Hypertension, subject, nil, visit, v)
		if len(problems) > 0 || a.Class != c.class || a.RuleVersion != c.pack.RuleVersion(Hypertension) {
			t.Errorf("%s: class %d by %s, want %d", c.pack.Version, a.Class, a.RuleVersion, c.class)
		}
	}
}

// TestNewPackLeavesOthersAlone holds the versions: a programme a pack does not change
// keeps the version it had, and that version finds a pack with the same form.
func TestNewPackLeavesOthersAlone(t *testing.T) {
	for _, pack := range []Pack{PackOn(calendar.MustDate("2024-12-31")), PackOn(calendar.MustDate("2025-01-01")), PackOn(visitDay).With(PHC2020)} {
		for _, p := range pack.Programs() {
			version := pack.RuleVersion(p.Code)
			kept, ok := PackByVersion(version)
			if !ok || kept.RuleVersion(p.Code) != version {
				t.Errorf("%s of %s: version %q is not found again", p.Code, pack.Version, version)
			}
			now, _ := pack.Form(p.Code)
			then, _ := kept.Form(p.Code)
			if a, _ := json.Marshal(now); now.RuleVersion != version || string(a) != string(must(json.Marshal(then))) {
				t.Errorf("%s of %s: another form by %s", p.Code, pack.Version, version)
			}
		}
	}
	for program, want := range map[string]string{Hypertension: version2017, Elderly: version2025, "acupuncture": ""} {
		if got := PackOn(visitDay).RuleVersion(program); got != want {
			t.Errorf("%s: %q, want %q", program, got, want)
		}
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}
