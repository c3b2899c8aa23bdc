package clinical

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
)

var visitDay = calendar.MustDate("2026-05-20")

func formOf(t interface{ Fatalf(string, ...any) }, program string) Form {
	f, ok := PackOn(visitDay).Form(program)
	if !ok {
		t.Fatalf("no form for %s", program)
	}
	return f
}

// completeHTN and completeDM are the least a doctor must fill in face to face.
const (
	completeHTN = `{"symptoms":[1],"sbp":128,"dbp":78,"weight":65.5,"heart_rate":72,"smoke":0,"drink":0,
		"sport_times":5,"sport_minutes":30,"salt":1,"psychology":1,"compliance_behaviour":1,"med_adherence":1,"adr":1}`
	completeDM = `{"symptoms":[1],"sbp":128,"dbp":78,"weight":65.5,"dorsalis_pedis":1,"fpg":6.5,"smoke":0,"drink":0,
		"sport_times":5,"sport_minutes":30,"staple":300,"psychology":1,"compliance_behaviour":1,"med_adherence":1,"adr":1,"hypoglycaemia":1}`
)

// with returns the object with keys replaced or, where the change is null, removed.
func with(t *testing.T, object, change string) map[string]any {
	t.Helper()
	var m, n map[string]any
	for text, into := range map[string]*map[string]any{object: &m, change: &n} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	for k, v := range n {
		if m[k] = v; v == nil {
			delete(m, k)
		}
	}
	return m
}

func codesOf(problems []FieldError) string {
	var parts []string
	for _, p := range problems {
		parts = append(parts, p.Field+":"+p.Code)
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}

func TestCheck(t *testing.T) {
	const starredHTN = `{"sbp":null,"dbp":null,"weight":null,"heart_rate":null}`
	const starredDM = `{"sbp":null,"dbp":null,"weight":null,"dorsalis_pedis":null,"fpg":null}`
	for _, c := range []struct {
		name, program, base, change string
		way                         Way
		want                        string
	}{
		{"complete", Hypertension, completeHTN, `{}`, WayClinic, ""},
		{"complete DM", Diabetes, completeDM, `{}`, WayHome, ""},
		{"starred missing face to face", Hypertension, completeHTN, starredHTN, WayHome, "dbp:required heart_rate:required sbp:required weight:required"},
		{"starred missing by phone", Hypertension, completeHTN, starredHTN, WayPhone, ""},
		{"starred missing by message", Hypertension, completeHTN, starredHTN, WayMessage, ""},
		{"starred missing online", Hypertension, completeHTN, starredHTN, WayOnline, ""},
		{"starred missing otherwise", Hypertension, completeHTN, starredHTN, WayOther, ""},
		{"an unknown way excuses nothing", Hypertension, completeHTN, `{"weight":null}`, Way(7), "weight:required"},
		{"starred DM", Diabetes, completeDM, starredDM, WayClinic, "dbp:required dorsalis_pedis:required fpg:required sbp:required weight:required"},
		{"starred DM by phone", Diabetes, completeDM, starredDM, WayPhone, ""},
		{"life style missing", Hypertension, completeHTN, `{"smoke":null,"drink":null,"salt":null,"adr":null}`, WayPhone, "adr:required drink:required salt:required smoke:required"},
		{"half a pressure", Hypertension, completeHTN, `{"dbp":null}`, WayPhone, "dbp:required"},
		{"unknown field", Hypertension, completeHTN, `{"visit_date":"2026-05-20"}`, WayClinic, "visit_date:unknown_field"},
		{"unknown field that may be data is not repeated", Hypertension, completeHTN, `{"370403196001011234":1}`, WayClinic, ":unknown_field"},
		{"DM field in HTN", Hypertension, completeHTN, `{"fpg":6.5}`, WayClinic, "fpg:unknown_field"},
		{"lowest sbp", Hypertension, completeHTN, `{"sbp":60,"dbp":30}`, WayClinic, ""},
		{"highest sbp", Hypertension, completeHTN, `{"sbp":300,"dbp":200}`, WayClinic, ""},
		{"sbp below", Hypertension, completeHTN, `{"sbp":59,"dbp":30}`, WayClinic, "sbp:out_of_range"},
		{"dbp above", Hypertension, completeHTN, `{"sbp":250,"dbp":201}`, WayClinic, "dbp:out_of_range"},
		{"sbp not above dbp", Hypertension, completeHTN, `{"sbp":80,"dbp":80}`, WayClinic, "sbp:inconsistent"},
		{"fraction of an int", Hypertension, completeHTN, `{"sbp":120.5}`, WayClinic, "sbp:too_many_decimals"},
		{"int as text", Hypertension, completeHTN, `{"sbp":"120"}`, WayClinic, "sbp:wrong_type"},
		{"int as object", Hypertension, completeHTN, `{"sbp":{}}`, WayClinic, "sbp:wrong_type"},
		{"decimals", Hypertension, completeHTN, `{"weight":65.55}`, WayClinic, "weight:too_many_decimals"},
		{"code as digits", Hypertension, completeHTN, `{"salt":"2"}`, WayClinic, ""},
		{"code not listed", Hypertension, completeHTN, `{"salt":4}`, WayClinic, "salt:not_in_list"},
		{"code of wrong type", Hypertension, completeHTN, `{"salt":true,"psychology":"差","adr":1.5}`, WayClinic, "adr:wrong_type psychology:wrong_type salt:wrong_type"},
		{"one symptom without a list", Hypertension, completeHTN, `{"symptoms":2}`, WayClinic, ""},
		{"no symptoms given", Hypertension, completeHTN, `{"symptoms":[]}`, WayClinic, "symptoms:required"},
		{"no symptom excludes the rest", Hypertension, completeHTN, `{"symptoms":[1,2]}`, WayClinic, "symptoms:exclusive"},
		{"the same symptom twice", Hypertension, completeHTN, `{"symptoms":[1,1]}`, WayClinic, ""},
		{"other symptom unnamed", Hypertension, completeHTN, `{"symptoms":[2,10],"symptom_other":"  "}`, WayClinic, "symptom_other:required"},
		{"other symptom of 64 characters", Hypertension, completeHTN, `{"symptoms":[10],"symptom_other":"` + strings.Repeat("乏", 64) + `"}`, WayClinic, ""},
		{"other symptom of 65 characters", Hypertension, completeHTN, `{"symptoms":[10],"symptom_other":"` + strings.Repeat("乏", 65) + `"}`, WayClinic, "symptom_other:too_long"},
		{"control characters", Hypertension, completeHTN, `{"sign_other":"a\u0000b"}`, WayClinic, "sign_other:wrong_type"},
		{"reaction unexplained", Hypertension, completeHTN, `{"adr":2}`, WayClinic, "adr_text:required"},
		{"reaction hard to control but absent", Hypertension, completeHTN, `{"adr_hard_to_control":true}`, WayClinic, "adr_hard_to_control:inconsistent"},
		{"reaction not hard to control", Hypertension, completeHTN, `{"adr_hard_to_control":false}`, WayClinic, ""},
		{"bool of wrong type", Hypertension, completeHTN, `{"adr":2,"adr_text":"咳嗽","adr_hard_to_control":1}`, WayClinic, "adr_hard_to_control:wrong_type"},
		{"next date on the day", Hypertension, completeHTN, `{"next_date":"2026-05-20"}`, WayClinic, "next_date:out_of_range"},
		{"next date not a date", Hypertension, completeHTN, `{"next_date":"2026-02-30"}`, WayClinic, "next_date:wrong_type"},
		{"referral without a place", Hypertension, completeHTN, `{"referral_reason":[9]}`, WayClinic, "referral_org_dept:required referral_reason_other:required"},
		{"weight and height that do not fit", Hypertension, completeHTN, `{"weight":300,"height":80}`, WayClinic, "bmi:inconsistent"},
		{"pulse side", Diabetes, completeDM, `{"dorsalis_pedis":3}`, WayClinic, "dorsalis_pedis_side:required"},
		{"nobody met: nothing else is asked", Mental, `{"lost_reason":4}`, `{}`, WayPhone, ""},
		{"nobody met, for another reason", Mental, `{"lost_reason":5}`, `{}`, WayPhone, "lost_reason_other:required"},
		{"dead of a disease", Mental, `{"death_date":"2026-05-01","death_cause":1}`, `{}`, WayPhone, "death_disease:required"},
		{"dead without a cause", Mental, `{"death_date":"2026-05-01"}`, `{}`, WayPhone, "death_cause:required"},
		{"a referral without a place", HomeVisit, `{"visited_as":[1],"symptoms":[1],"general_state":1,"mood":1,"selfcare_grade":1,"services":[1]}`,
			`{"referral":2}`, WayHome, "referral_org_dept:required"},
		{"a reason without a referral", HomeVisit, `{"visited_as":[1],"symptoms":[1],"general_state":1,"mood":1,"selfcare_grade":1,"services":[1]}`,
			`{"referral":1,"referral_reason":[1],"referral_org_dept":"中心"}`, WayHome, "referral_reason:inconsistent"},
		{"drugs", Hypertension, completeHTN, `{"meds":[{"name":"氨氯地平","times_per_day":1,"dose":5,"unit":1}]}`, WayClinic, ""},
		{"drugs in detail", Hypertension, completeHTN, `{"meds":[{"name":"氨氯地平"},{"times_per_day":25,"colour":1}]}`, WayClinic,
			"meds[1].colour:unknown_field meds[1].name:required meds[1].times_per_day:out_of_range"},
		{"too many drugs", Hypertension, completeHTN, `{"meds":[{},{},{},{},{}]}`, WayClinic, "meds:too_many_rows"},
		{"drugs of wrong type", Hypertension, completeHTN, `{"meds":"氨氯地平"}`, WayClinic, "meds:wrong_type"},
		{"a drug of wrong type", Hypertension, completeHTN, `{"meds":["氨氯地平"]}`, WayClinic, "meds[0]:wrong_type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := formOf(t, c.program).Check(Visit{visitDay, c.way}, with(t, c.base, c.change), Complete)
			if got := codesOf(problems); got != c.want {
				t.Errorf("problems %q, want %q", got, c.want)
			}
		})
	}
}

func TestMessagesNameTheFieldAndTheRule(t *testing.T) {
	_, problems := formOf(t, Hypertension).Check(Visit{visitDay, WayClinic},
		with(t, completeHTN, `{"sbp":301,"weight":null,"salt":null,"symptoms":[1,3],"drink":51}`), Complete)
	want := map[string]string{
		"sbp":      "收缩压应在 60–300 mmHg 之间",
		"weight":   "请填写体重",
		"salt":     "请选择摄盐情况",
		"symptoms": "症状选择“无症状”时不能再选其他项",
		"drink":    "日饮酒量(白酒当量)应在 0–50 两/日 之间",
	}
	if len(problems) != len(want) {
		t.Errorf("%d problems, want %d", len(problems), len(want))
	}
	for _, p := range problems {
		if p.Message != want[p.Field] {
			t.Errorf("%s: %q, want %q", p.Field, p.Message, want[p.Field])
		}
	}
}

func TestValues(t *testing.T) {
	raw := with(t, completeHTN, `{"height":170,"weight_target":60,"bmi":59.9,"med_adherence":4,"symptoms":[4,2],
		"next_date":"2026-06-01","aux_exam":" 正常 ","meds":[{"name":"氨氯地平","dose":2.5}]}`)
	v, problems := formOf(t, Hypertension).Check(Visit{visitDay, WayClinic}, raw, Complete)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if n, _ := v.Decimal("bmi"); n != 22.7 {
		t.Errorf("bmi %v; it is computed, whatever was entered", n)
	}
	if n, _ := v.Decimal("bmi_target"); n != 20.8 {
		t.Errorf("bmi_target %v", n)
	}
	if n, _ := v.Code("med_adherence"); n != 3 {
		t.Errorf("the local code 4 is stored as %d, want 3", n)
	}
	if codes, _ := v.Codes("symptoms"); !slices.Equal(codes, []int{2, 4}) {
		t.Errorf("symptoms %v", codes)
	}
	if s, _ := v.Text("aux_exam"); s != "正常" {
		t.Errorf("text %q", s)
	}
	if d, _ := v.Date("next_date"); d != calendar.MustDate("2026-06-01") {
		t.Errorf("next_date %v", d)
	}
	rows, _ := v.Rows("meds")
	if dose, ok := rows[0].Decimal("dose"); len(rows) != 1 || !ok || dose != 2.5 {
		t.Errorf("meds %v", rows)
	}
	if _, ok := v.Int("height"); ok || !v.Has("height") {
		t.Error("a decimal must not read as an int")
	}
	if _, ok := (Values{}).Int("sbp"); ok {
		t.Error("the zero Values holds a value")
	}
}

// TestReadIsTheInverseOfMarshal holds a saved form to the values it was saved from.
func TestReadIsTheInverseOfMarshal(t *testing.T) {
	for program, base := range map[string]string{Hypertension: completeHTN, Diabetes: completeDM} {
		form := formOf(t, program)
		v, problems := form.Check(Visit{visitDay, WayClinic},
			with(t, base, `{"height":170,"next_date":"2026-06-01","meds":[{"name":"药","dose":0.125}]}`), Complete)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		saved, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := form.Read(saved)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := json.Marshal(back)
		if string(again) != string(saved) {
			t.Errorf("saved %s, read back %s", saved, again)
		}
	}
	for _, bad := range []string{`[]`, `{"sbp":12345}`, `{`} {
		if _, err := formOf(t, Hypertension).Read([]byte(bad)); err == nil || strings.Contains(err.Error(), "12345") {
			t.Errorf("reading %s: %v", bad, err)
		}
	}
}

// TestFormsAreWellFormed holds every form to what the engine and a user interface rely on.
func TestFormsAreWellFormed(t *testing.T) {
	for _, p := range Programs() {
		form := formOf(t, p.Code)
		seen := map[string]bool{VisitWayField: true}
		for _, f := range form.Fields {
			if seen[f.Key] {
				t.Errorf("%s: key %s twice", p.Code, f.Key)
			}
			seen[f.Key] = true
		}
		for _, f := range form.Fields {
			wellFormed(t, f)
			if f.Section == "" || f.Clause == "" {
				t.Errorf("%s: no section or clause", f.Key)
			}
			for _, c := range slices.Concat(f.RequiredWhen, f.RequiredUnless, f.ConflictsWith) {
				if !seen[c.Field] {
					t.Errorf("%s: condition on unknown %s", f.Key, c.Field)
				}
			}
			computable(t, f, seen)
		}
		for _, key := range []string{"classification", "next_step", "next_date", "referral_reason", "referral_result"} {
			if !seen[key] {
				t.Errorf("%s: no field %s", p.Code, key)
			}
		}
		for _, r := range form.Relations {
			if !seen[r.Greater] || !seen[r.Than] {
				t.Errorf("relation %+v on an unknown field", r)
			}
		}
	}
}

// computable holds a computed field to a known formula over known fields.
func computable(t *testing.T, f Field, seen map[string]bool) {
	if f.Computed == nil {
		return
	}
	if formulas[f.Computed.Formula] == nil || len(f.Computed.From) == 0 {
		t.Errorf("%s: no formula", f.Key)
	}
	for _, from := range f.Computed.From {
		if !seen[from] {
			t.Errorf("%s: computed from unknown %s", f.Key, from)
		}
	}
}

func wellFormed(t *testing.T, f Field) {
	number := f.Type == TypeInt || f.Type == TypeDecimal
	choice := f.Type == TypeCode || f.Type == TypeCodes
	if !plainKey.MatchString(f.Key) || f.Label == "" {
		t.Errorf("%q: bad key or no label", f.Key)
	}
	if number != (f.Min != nil && f.Max != nil) || number && *f.Min >= *f.Max {
		t.Errorf("%s: bad range", f.Key)
	}
	if (f.NormalMin != nil || f.NormalMax != nil) && !number || len(f.Clause) > 0 && !strings.HasPrefix(f.Clause, "domain §") {
		t.Errorf("%s: normal range of no number, or a clause that names none", f.Key)
	}
	codes := map[int]bool{}
	for _, o := range f.Codes {
		if codes[o.Code] || o.Label == "" {
			t.Errorf("%s: code %d twice or without a label", f.Key, o.Code)
		}
		codes[o.Code] = true
	}
	for _, code := range f.Exclusive {
		if !codes[code] {
			t.Errorf("%s: stands alone, but is no code: %d", f.Key, code)
		}
	}
	if choice != (len(f.Codes) > 0) || (f.Type == TypeText) != (f.MaxLength > 0) || (f.Type == TypeDecimal) != (f.Places > 0) {
		t.Errorf("%s: type %s does not fit its limits", f.Key, f.Type)
	}
	if (f.Type == TypeRows) != (len(f.Columns) > 0 && f.MaxRows > 0) {
		t.Errorf("%s: rows without columns", f.Key)
	}
	for _, c := range f.Columns {
		wellFormed(t, c)
	}
}

// TestFormIsServedAsData pins the JSON a user interface reads.
func TestFormIsServedAsData(t *testing.T) {
	f, _ := formOf(t, Hypertension).Field("sbp")
	got, _ := json.Marshal(f)
	want := `{"key":"sbp","label":"收缩压","section":"体征","type":"int","unit":"mmHg","min":60,"max":300,"required":true,` +
		`"required_unless":[{"field":"visit_way","in":[3,4,5,9]}],"required_when":[{"field":"dbp"}],"decisive":true,"clause":"domain §3.1 item 5"}`
	if string(got) != want {
		t.Errorf("sbp is\n%s, want\n%s", got, want)
	}
}

// TestCheckSurvivesAnything feeds odd JSON to every field: no panic, and no message
// repeats the value.
func TestCheckSurvivesAnything(t *testing.T) {
	const secret = "370403196001011234"
	rapid.Check(t, func(t *rapid.T) {
		form := formOf(t, rapid.SampledFrom(Programs()).Draw(t, "program").Code)
		odd := []any{nil, "", secret, -1.0, 1e300, 0.5, 3.70403196001011234e17, true, []any{}, []any{secret}, []any{nil, 1.0},
			map[string]any{}, []any{map[string]any{"name": secret + strings.Repeat("长", 60), secret: 1.0}}, "2026-13-01", json.Number("1e999")}
		raw := map[string]any{secret: secret}
		for _, f := range form.Fields {
			if i := rapid.IntRange(-5, len(odd)-1).Draw(t, f.Key); i >= 0 {
				raw[f.Key] = odd[i]
			}
		}
		way := Way(rapid.IntRange(0, 10).Draw(t, "way"))
		_, problems := form.Check(Visit{visitDay, way}, raw, Complete)
		if len(problems) == 0 {
			t.Fatal("an unknown field was accepted")
		}
		for _, p := range problems {
			if strings.Contains(p.Message+p.Field, secret) || p.Message == "" || p.Code == "" {
				t.Fatalf("bad problem %+v", p)
			}
		}
	})
}
