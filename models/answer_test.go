package models_test

import (
	"testing"
	"time"

	"jiayi/models"
	"jiayi/models/clinical"
)

func TestAnswerable(t *testing.T) {
	mother := models.Actor{Role: models.ResidentRole, WechatID: 1, ResidentID: 1}
	son := models.Actor{Role: models.ResidentRole, WechatID: 2, ResidentID: 2, WardIDs: []models.ID{1}}
	// Entered at half past midnight in Shanghai, which is the day before in UTC.
	entered := time.Date(2026, 11, 22, 16, 30, 0, 0, time.UTC)
	visit := models.Encounter{ID: 7, ResidentID: 1, VisitedOn: mustDay("2026-10-01"), CreatedAt: entered}
	if got := visit.AnswerUntil().String(); got != "2026-12-23" {
		t.Fatalf("until %s", got)
	}
	with := func(change func(*models.Encounter)) models.Encounter { v := visit; change(&v); return v }
	for _, tt := range []struct {
		name  string
		visit models.Encounter
		by    models.Actor
		on    string
		code  string
	}{
		{"the resident", visit, mother, "2026-11-23", ""},
		{"a guardian", visit, son, "2026-11-23", ""},
		{"day 30", visit, mother, "2026-12-23", ""},
		{"day 31", visit, mother, "2026-12-24", "too_late"},
		{"a neighbour", visit, models.Actor{Role: models.ResidentRole, WechatID: 3, ResidentID: 3}, "2026-11-23", "forbidden"},
		{"nobody bound", visit, models.Actor{Role: models.ResidentRole, WechatID: 3}, "2026-11-23", "forbidden"},
		{"the doctor who is the resident's namesake in ids", visit, models.Actor{Role: models.Doctor, ResidentID: 1}, "2026-11-23", "forbidden"},
		{"the system", visit, models.System("job"), "2026-11-23", "forbidden"},
		{"confirmed", with(func(v *models.Encounter) { v.Answer = models.Confirmed }), mother, "2026-11-23", "already_answered"},
		{"denied", with(func(v *models.Encounter) { v.Answer = models.Denied }), son, "2026-11-23", "already_answered"},
		{"voided", with(func(v *models.Encounter) { v.Voided = true }), mother, "2026-11-23", "voided"},
		{"voided after the answer", with(func(v *models.Encounter) { v.Voided, v.Answer = true, models.Denied }), mother, "2026-11-23", "voided"},
	} {
		err := tt.visit.Answerable(tt.by, mustDay(tt.on))
		if tt.code == "" && err != nil || tt.code != "" && !models.IsCode(err, tt.code) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.code)
		}
	}
}

func TestReply(t *testing.T) {
	son := models.Actor{Role: models.ResidentRole, WechatID: 2, ResidentID: 2, WardIDs: []models.ID{1}}
	now := mustDay("2026-11-23").Start()
	v := models.Encounter{ResidentID: 1, CreatedAt: now}
	if err := v.Reply(models.Denied, son, now); err != nil || v.Answer != models.Denied || v.AnsweredBy != "resident:2" || !v.AnsweredAt.Equal(now) {
		t.Fatalf("%+v %v", v, err)
	}
	before := v
	if err := v.Reply(models.Confirmed, son, now.Add(time.Hour)); !models.IsCode(err, "already_answered") || v.Answer != before.Answer || v.AnsweredAt != before.AnsweredAt {
		t.Errorf("an answer is given once: %+v %v", v, err)
	}
	for _, a := range []models.VisitAnswer{models.Unanswered, models.Confirmed, models.Denied} {
		if models.VisitAnswerLabels[a] == "" {
			t.Errorf("%q has no label", a)
		}
	}
}

func TestServiceLabels(t *testing.T) {
	for code, want := range map[clinical.Service]string{
		"consult": "健康咨询", "foot": "足部检查", "bp": "血压测量", "hypertension": "高血压随访", "elderly": "老年人健康管理", "newborn": "新生儿家庭访视",
		"home_visit": "重点人群上门访视", "child": "0–6岁儿童随访", "child.6m": "6月龄健康检查", "maternal.visit3": "第3次产前随访", "gone": "gone",
	} {
		if got := models.ServiceLabel(code); got != want {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
	for _, p := range clinical.Programs() {
		if clinical.Service(p.Code).Label() == "" {
			t.Errorf("%s has no label", p.Code)
		}
	}
	set := models.ServicesOf("bp", "foot", "bp")
	if !set.Has("bp") || !set.Has("foot") || set.Has("b") || set.Has("bp foot") || set.Has("") || len(set.List()) != 2 {
		t.Errorf("%q", set)
	}
}
