package models_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
)

var dischargeWant = map[models.DischargeMove][]allowance{
	"plan":      {{"", "planned", receive}},
	"notify":    {{"", "notified", receive}},
	"leave":     {{"planned", "notified", receive}},
	"cancel":    {{"planned notified", "cancelled", receive}},
	"ask":       {{"planned notified handed_over", "", receive}},
	"hand_over": {{"notified", "handed_over", teamSide}},
	"end":       {{"planned notified handed_over", "closed", "system"}},
}

func TestDischargeTable(t *testing.T) {
	holdTable(t, models.DischargeProcess, dischargeWant, func(from models.DischargeStatus, m models.DischargeMove, by models.Actor) (models.DischargeStatus, error) {
		d := models.Discharge{ResidentID: 1, TeamID: 1, InstitutionID: 2, HospitalID: 5, Status: from}
		_, err := d.Move(m, by, "理由", noon)
		return d.Status, err
	})
}

func TestDischargeDeadlines(t *testing.T) {
	d := models.Discharge{ResidentID: 1, TeamID: 1, InstitutionID: 2, HospitalID: 5, DischargedOn: calendar.MustDate("2026-11-22")}
	if _, err := d.Move(models.DischargeNotify, cast["hospital"], "", noon); err != nil { // on Monday
		t.Fatal(err)
	}
	last := calendar.MustDate("2026-11-27").Start()
	if d.Late(last.Add(-time.Second)) || !d.Late(last) {
		t.Errorf("to be taken over by %v", d.DueAt)
	}
	if _, err := d.Move(models.DischargeTake, cast["nurse"], " ", noon); err == nil || !strings.Contains(err.Error(), "reason:required") {
		t.Errorf("taken over without saying what follows: %v", err)
	}
	if _, err := d.Move(models.DischargeTake, cast["nurse"], "明日上门", noon); err != nil || d.Late(last) || !d.DueAt.Equal(calendar.MustDate("2026-12-23").Start()) {
		t.Errorf("ends at %v, %v", d.DueAt, err)
	}
}

// The sample is near its share and lies above what the rule asks, and the same is drawn on
// every machine.
func TestDischargeSample(t *testing.T) {
	hit := map[int]int{}
	for id := models.ID(1); id <= 10000; id++ {
		for level := models.CallBefore; level <= models.CallCentre; level++ {
			if models.Sampled(id, level) {
				hit[level]++
			}
		}
	}
	var drawn []models.ID
	for id := models.ID(1); id <= 20; id++ {
		if models.Sampled(id, models.CallHead) {
			drawn = append(drawn, id)
		}
	}
	if got := fmt.Sprint(drawn); got != "[4 12 15 16 20]" {
		t.Errorf("of the first twenty %s are drawn", got)
	}
	if hit[0] != 10000 || hit[1] != 10000 || hit[2] < 2000 || hit[2] > 3000 || hit[3] < 500 || hit[3] > 1100 {
		t.Errorf("%v", hit)
	}
}

func TestDischargeCalls(t *testing.T) {
	var sampled, plain models.ID
	for id := models.ID(1); sampled == 0 || plain == 0; id++ {
		head, centre := models.Sampled(id, models.CallHead), models.Sampled(id, models.CallCentre)
		switch {
		case head && centre && sampled == 0:
			sampled = id
		case !head && !centre && plain == 0:
			plain = id
		}
	}
	for _, c := range []struct {
		id         models.ID
		status     models.DischargeStatus
		complained bool
		have       string
		want       string
	}{
		{plain, models.DischargePlanned, true, "", "0 11-18–11-19"}, {plain, models.DischargeNotified, false, "", "1 11-21–11-27"},
		{plain, models.DischargeNotified, true, "", "1 11-21–11-27, 3 11-21–12-20"}, {plain, models.DischargeTaken, true, "01", "3 11-21–12-20"},
		{sampled, models.DischargeNotified, false, "", "1 11-21–11-27, 2 11-21–12-04, 3 11-21–12-20"}, {sampled, models.DischargeNotified, true, "123", ""},
		{sampled, models.DischargeClosed, true, "", ""}, {sampled, models.DischargeCancelled, true, "", ""},
	} {
		d := models.Discharge{ID: c.id, Status: c.status, Complained: c.complained, DischargedOn: calendar.MustDate("2026-11-20")}
		var have []models.DischargeCall
		for _, l := range c.have {
			have = append(have, models.DischargeCall{Level: int(l - '0')})
		}
		var got []string
		for _, call := range d.Calls(have) {
			got = append(got, string(rune('0'+call.Level))+" "+call.DueFrom.String()[5:]+"–"+call.DueOn.String()[5:])
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s, complained %v: %q, want %q", c.status, c.complained, text, c.want)
		}
	}
}

func TestDischargeCheck(t *testing.T) {
	today := calendar.MustDate("2026-11-23")
	hospital := models.Institution{ID: 5, Level: models.LeadHospital}
	good := models.Discharge{AdmittedOn: today.AddDays(-6), DischargedOn: today, DischargeTexts: models.DischargeTexts{HospitalNo: "ZY1", Attending: "蒋主任", Diagnosis: "骨折"}}
	for i, c := range []struct {
		change  func(*models.Discharge)
		planned bool
		want    string
	}{
		{nil, false, ""}, {nil, true, "discharged_on:past"},
		{func(d *models.Discharge) { d.DischargedOn = today.AddDays(1) }, true, ""}, {func(d *models.Discharge) { d.DischargedOn = today.AddDays(1) }, false, "discharged_on:future"},
		{func(d *models.Discharge) { d.DischargedOn = today.AddDays(30) }, true, ""}, {func(d *models.Discharge) { d.DischargedOn = today.AddDays(31) }, true, "discharged_on:too_far"},
		{func(d *models.Discharge) { d.AdmittedOn, d.DischargedOn = today.AddDays(-40), today.AddDays(-30) }, false, ""},
		{func(d *models.Discharge) { d.AdmittedOn, d.DischargedOn = today.AddDays(-40), today.AddDays(-31) }, false, "discharged_on:too_old"},
		{func(d *models.Discharge) { d.DischargedOn = today.AddDays(-7) }, false, "discharged_on:before_admission"}, {func(d *models.Discharge) { d.DischargedOn = models.Date{} }, false, "discharged_on:required"},
		{func(d *models.Discharge) { d.AdmittedOn = models.Date{} }, false, "admitted_on:required"}, {func(d *models.Discharge) { d.AdmittedOn = today.AddDays(1) }, false, "admitted_on:future"},
		{func(d *models.Discharge) { d.Diagnosis = " " }, false, "diagnosis:required"}, {func(d *models.Discharge) { d.Medication = strings.Repeat("长", 501) }, false, "medication:too_long"},
		{func(d *models.Discharge) { d.RevisitOn = today.AddDays(-1) }, false, "revisit_on:before_discharge"},
	} {
		d := good
		if c.change != nil {
			c.change(&d)
		}
		var p models.Problems
		d.Check(&p, hospital, c.planned, today)
		got := ""
		if err := p.Err(); err != nil {
			got = err.Error()
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
	var p models.Problems
	good.Check(&p, models.Institution{ID: 1, Level: models.DistrictAdmin}, false, today)
	if err := p.Err(); err == nil || !strings.Contains(err.Error(), "hospital_id:not_hospital") {
		t.Error(err)
	}
}

func TestCallAnswers(t *testing.T) {
	day := calendar.MustDate("2026-11-23")
	call := models.DischargeCall{Level: models.CallHead, DueFrom: day.AddDays(-2), DueOn: day, Status: models.CallOpen}
	good := models.CallAnswers{On: day, Way: 3, Recovery: 1, Adherence: 1, Satisfaction: 5}
	for i, c := range []struct {
		change func(*models.CallAnswers)
		want   string
	}{
		{nil, ""}, {func(a *models.CallAnswers) { a.On = day.AddDays(1) }, "on:future"}, {func(a *models.CallAnswers) { a.On = day.AddDays(-3) }, "on:too_early"},
		{func(a *models.CallAnswers) { a.On = day.AddDays(-2) }, ""}, {func(a *models.CallAnswers) { a.Way = 7 }, "method:enum"}, {func(a *models.CallAnswers) { a.Recovery = 0 }, "recovery:enum"},
		{func(a *models.CallAnswers) { a.Wound = 4 }, "wound:enum"}, {func(a *models.CallAnswers) { a.Adherence = 4 }, "adherence:enum"}, {func(a *models.CallAnswers) { a.Satisfaction = 6 }, "satisfaction:enum"},
		{func(a *models.CallAnswers) { a.Complained = true }, "problems:required"}, {func(a *models.CallAnswers) { a.Advice = strings.Repeat("长", 501) }, "advice:too_long"},
		{func(a *models.CallAnswers) { *a = models.CallAnswers{On: day, Way: 3, Failure: models.FailedRefused} }, ""},
		{func(a *models.CallAnswers) { a.Failure = "busy" }, "failure:enum"},
	} {
		a := good
		if c.change != nil {
			c.change(&a)
		}
		var p models.Problems
		a.Check(&p, call, day)
		got := ""
		if err := p.Err(); err != nil {
			got = err.Error()
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
	// Whoever asked first does not ask again in the sample.
	others := []models.DischargeCall{{Level: models.CallBefore, MadeBy: "staff:7"}, {Level: models.CallWard, MadeBy: "staff:6"}}
	c := call
	if err := c.Record(good, others, cast["hospital"]); !models.IsCode(err, "same_person") || c.Status != models.CallOpen {
		t.Errorf("%v", err)
	}
	if err := c.Record(good, others, cast["ward"]); err != nil || !c.InTime() || c.StaffID != 7 {
		t.Errorf("%+v %v", c, err)
	}
	if err := c.Record(good, others, cast["head"]); !models.IsCode(err, "call_closed") {
		t.Errorf("%v", err)
	}
	late := call
	late.DueOn = day.AddDays(-1)
	if err := late.Record(good, nil, cast["ward"]); err != nil || late.Status != models.CallDone || late.InTime() {
		t.Errorf("%+v %v", late, err)
	}
	failed := call
	if err := failed.Record(models.CallAnswers{On: day, Way: 3, Failure: models.FailedNumber}, nil, cast["ward"]); err != nil || failed.Status != models.CallFailed || failed.InTime() {
		t.Errorf("%+v %v", failed, err)
	}
}
