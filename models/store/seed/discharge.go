package seed

import (
	"fmt"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// dischargesOfLate are the notices of the last dischargeDays days at full scale. The domain gives
// no figure; this is enough to show each level at the demonstration's scale.
var dischargesOfLate = share{2000, 514130}

const dischargeDays = 60

// discharge writes the notice of one of the residents who left hospital lately, with the
// levels that were asked so far. The first one is still in hospital.
func (w *scribe) discharge(r models.Resident) {
	if !w.quotas.discharged.take(r.Age(w.today) >= models.AgeOfConsent) {
		return
	}
	n := next(&w.id.discharge)
	team := w.teams[r.CareTeamID()-1]
	hospital := hospitals[n%3]
	left := w.today.AddDays(-2 - int(n)*7%(dischargeDays-2))
	d := models.Discharge{ID: n, HospitalID: hospital, ResidentID: r.ID, TeamID: team.ID, InstitutionID: team.InstitutionID, SenderID: team.ID, SenderInstID: team.InstitutionID,
		AdmittedOn: left.AddDays(-7), DischargedOn: left, DischargeTexts: models.DischargeTexts{HospitalNo: fmt.Sprintf("ZY%08d", 500000+int(n)), Attending: "主治医师",
			Diagnosis: "择期手术后恢复期", Operation: "腹腔镜手术", Medication: "按医嘱口服药物", Advice: "注意休息,按时复诊"}}
	step := func(m models.DischargeMove, by models.Actor, reason string, at time.Time) {
		e, err := d.Move(m, by, reason, at)
		if err != nil {
			panic("seed: discharge: " + string(m) + ": " + err.Error())
		}
		e.At = at
		w.happened(e, n)
		d.Version++
		d.UpdatedAt = at
	}
	ward := w.receivers[hospital]
	if n == 1 {
		d.AdmittedOn, d.DischargedOn = w.today.AddDays(-5), w.today.AddDays(2)
		d.CreatedAt = w.clock(w.today.AddDays(-1), n).UTC()
		step(models.DischargePlan, ward, "", d.CreatedAt)
	} else {
		d.RevisitOn, d.CreatedAt = left.AddDays(30), w.clock(left, n).UTC()
		step(models.DischargeNotify, ward, "", d.CreatedAt)
	}
	w.dischargeNumbers[calendar.DateOf(d.CreatedAt)]++
	d.No = fmt.Sprintf("CY%s%s%06d", region, compact(calendar.DateOf(d.CreatedAt)), w.dischargeNumbers[calendar.DateOf(d.CreatedAt)])
	calls := d.Calls(nil)
	if taken := left.AddDays(1); n > 1 && n%8 != 5 && taken.Before(w.today) {
		step(models.DischargeTake, w.leadOf(team.ID), "已电话联系,预约上门随访", w.clock(taken, n).UTC())
	}
	for i := range calls {
		w.ask(&calls[i], &d, ward, step)
	}
	if over := left.AddDays(models.CallCentreDays + 1); d.Status == models.DischargeTaken && !over.After(w.today.AddDays(-1)) {
		step(models.DischargeEnd, models.System("seed"), "", over.Start().UTC())
		for i := range calls {
			if calls[i].Status == models.CallOpen {
				calls[i].Status = models.CallMissed
			}
		}
	}
	w.out.discharges = append(w.out.discharges, d)
	w.out.calls = append(w.out.calls, calls...)
}

// ask records a level two days before it is due, one in ten late, one in fifteen in vain, as
// far as the days have come.
func (w *scribe) ask(c *models.DischargeCall, d *models.Discharge, ward models.Actor, step func(models.DischargeMove, models.Actor, string, time.Time)) {
	c.ID = next(&w.id.call)
	on := c.DueOn.AddDays(-2)
	if c.ID%10 == 4 {
		on = c.DueOn.AddDays(1)
	}
	if c.Level == models.CallBefore || c.ID%19 == 7 || !on.Before(w.today) || on.After(d.DischargedOn.AddDays(models.CallCentreDays)) {
		return
	}
	by := ward
	if c.Level > models.CallWard { // a sample is asked by others
		by = w.centre
	}
	if c.Level == models.CallHead {
		by = w.heads[d.HospitalID]
	}
	a := models.CallAnswers{On: on, Way: 3, Recovery: 1 + int(c.ID)%7/6, Wound: 1, Adherence: 1 + int(c.ID)%5/4, Satisfaction: 5 - int(c.ID)%3/2, RevisitOn: d.RevisitOn, Advice: "按医嘱服药,按时复诊"}
	if c.ID%15 == 8 {
		a = models.CallAnswers{On: on, Way: 3, Failure: models.FailedNumber}
		if c.ID%2 == 0 {
			a.Failure = models.FailedRefused
		}
	}
	if err := c.Record(a, nil, by); err != nil {
		panic("seed: discharge call: " + err.Error())
	}
	step(models.DischargeAsk, by, "", w.clock(on, c.ID).UTC().Add(time.Hour))
}
