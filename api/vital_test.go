package api_test

import (
	"testing"

	"jiayi/models/store/storetest"
)

func TestVitalScenarios(t *testing.T) {
	s := newSite(t)
	bp := func(sbp, dbp string) string { return `{"kind":"bp","values":{"sbp":` + sbp + `,"dbp":` + dbp + `}}` }
	s.run(t, []scenario{
		{name: "the son measures", as: "qiang", method: post, url: "/residents/1/vitals", body: `{"kind":"bp","measured_at":"2026-11-22T00:30:00Z","values":{"sbp":148,"dbp":86,"heart_rate":70}}`, status: 201,
			want: []string{`"level":"normal"`, `"by":"self"`, `"by_label":"自测"`, `"sbp":148`, `"measured_at":"2026-11-22T00:30:00Z"`, `"advice":[]`}, not: []string{`"fpg"`, "alert_id"}},
		{name: "too high for 70 years", as: "qiang", method: post, url: "/residents/1/vitals", body: bp("150", "86"), status: 201, want: []string{`"level":"high"`, `"level_label":"偏高"`, "150/90"}},
		{name: "a device sends", as: "qiang", method: post, url: "/residents/1/vitals", body: `{"kind":"fpg","by":"device","values":{"fpg":6.9}}`, status: 201, want: []string{`"by":"device"`, `"level":"normal"`}},
		{name: "the nurse measures", as: "nurse", method: post, url: "/residents/1/vitals", body: bp("138", "84"), status: 201, want: []string{`"by":"doctor"`}},
		{name: "an emergency", as: "qiang", method: post, url: "/residents/1/vitals", body: bp("184", "96"), status: 201,
			want: []string{`"level":"emergency"`, "立即停止活动", "静坐", "拨打120", "家庭医生团队,电话 0632-4400001", `"team_phone":"0632-4400001"`, `"alert_id":"1"`}},
		{name: "a stranger", as: "mei", method: post, url: "/residents/1/vitals", body: bp("130", "80"), status: 404},
		{name: "another team", as: "west", method: post, url: "/residents/1/vitals", body: bp("130", "80"), status: 404},
		{name: "an administrator", as: "admin", method: post, url: "/residents/1/vitals", body: bp("130", "80"), status: 403},
		{name: "out of range", as: "qiang", method: post, url: "/residents/1/vitals", body: bp("987", "80"), status: 422, want: []string{`"field":"values.sbp"`, "收缩压应在 60–300 mmHg 之间"}, not: []string{"987"}},
		{name: "the wrong way round", as: "qiang", method: post, url: "/residents/1/vitals", body: bp("81", "177"), status: 422, want: []string{`"field":"values.sbp"`, "收缩压应大于舒张压"}, not: []string{"177"}},
		{name: "half of it", as: "qiang", method: post, url: "/residents/1/vitals", body: `{"kind":"bp","values":{"sbp":143}}`, status: 422, want: []string{`"field":"values.dbp"`, "请填写舒张压"}, not: []string{"143"}},
		{name: "of another kind", as: "qiang", method: post, url: "/residents/1/vitals", body: `{"kind":"fpg","values":{"fpg":6.1,"weight":63.7}}`, status: 422, want: []string{`"field":"values.weight"`, "空腹血糖读数中没有这一项"}, not: []string{"63.7"}},
		{name: "a text", as: "qiang", method: post, url: "/residents/1/vitals", body: bp(`"高血压"`, "80"), status: 422, want: []string{`values.sbp`}, not: []string{"高血压"}},
		{name: "an unknown kind", as: "qiang", method: post, url: "/residents/1/vitals", body: `{"kind":"mood","values":{}}`, status: 422, want: []string{`"kind"`}, not: []string{"mood"}},
		{name: "tomorrow", as: "qiang", method: post, url: "/residents/1/vitals", body: `{"kind":"fpg","measured_at":"2026-11-24T00:00:00Z","values":{"fpg":6.1}}`, status: 422, want: []string{`"field":"measured_at"`, "测量时间不能晚于现在"}, not: []string{"2026-11-24"}},
		{name: "a resident as doctor", as: "qiang", method: post, url: "/residents/1/vitals", body: `{"kind":"fpg","by":"doctor","values":{"fpg":6.1}}`, status: 422, want: []string{`"field":"by"`}},

		{name: "the newest first", as: "qiang", url: "/residents/1/vitals?kind=bp&limit=2", status: 200, want: []string{`"sbp":184`, `"next_cursor"`}, not: []string{`"sbp":148`}},
		{name: "of one day", as: "east", url: "/residents/1/vitals?from=2026-11-22&to=2026-11-22", status: 200, want: []string{`"sbp":148`}, not: []string{`"sbp":184`, `"fpg"`}},
		{name: "a stranger's list", as: "mei", url: "/residents/1/vitals", status: 404},
		{name: "a list of an unknown kind", as: "east", url: "/residents/1/vitals?kind=mood", status: 422, want: []string{`"kind"`}, not: []string{"mood"}},
		{name: "the summary", as: "qiang", url: "/residents/1/vitals/summary?last=2", status: 200, want: []string{`"label":"血压"`, `"key":"sbp","label":"收缩压","unit":"mmHg","limit":150`,
			`"stats":{"dbp":{"min":84,"max":96,"mean":88},"heart_rate":{"min":70,"max":70,"mean":70},"sbp":{"min":138,"max":184,"mean":155}}`, `"trend":"unknown"`, `"limit":null`, `"latest":null`}},
		{name: "the timeline", as: "qiang", url: "/residents/1/timeline", status: 200, want: []string{`"kind":"vital","title":"自测血压"`, "设备上传空腹血糖"}},

		{name: "the alert", as: "nurse", url: "/vitals/alerts?status=open", status: 200, want: []string{`"resident_name":"张秀英"`, `"phone":"199****0001"`, `"sbp":184`, `"status":"open"`}, not: []string{"19900000001"}},
		{name: "not for residents", as: "qiang", url: "/vitals/alerts", status: 200, want: []string{`"items":[]`}},
		{name: "nor theirs to handle", as: "qiang", method: post, url: "/vitals/alerts/1/handle", body: `{"outcome":"没事"}`, status: 404},
		{name: "without an outcome", as: "nurse", method: post, url: "/vitals/alerts/1/handle", body: `{"outcome":" "}`, status: 422, want: []string{`"field":"outcome"`, "请填写处理结果"}},
		{name: "against an old version", as: "nurse", method: post, url: "/vitals/alerts/1/handle", body: `{"outcome":"已电话指导"}`, headers: []string{"If-Match", `"3"`}, status: 412},
		{name: "handled", as: "nurse", method: post, url: "/vitals/alerts/1/handle", body: `{"outcome":"已电话指导,安排就诊"}`, headers: []string{"If-Match", `"1"`}, status: 200,
			want: []string{`"status":"handled"`, `"outcome":"已电话指导,安排就诊"`, `"handled_by":"nurse"`, `"version":2`}},
		{name: "once", as: "east", method: post, url: "/vitals/alerts/1/handle", body: `{"outcome":"已电话指导"}`, status: 409, want: []string{`"already_handled"`}},
		{name: "and stays in the list", as: "east", url: "/vitals/alerts", status: 200, want: []string{`"status_label":"已处理"`}},
	})
	s.clock.Set(storetest.Today.AddDays(1))
	s.run(t, []scenario{
		{name: "a visit's readings", as: "east", method: post, url: "/followups", body: visit("2026-11-24"), status: 201},
		{name: "are among them", as: "qiang", url: "/residents/1/vitals?from=2026-11-24", status: 200, want: []string{`"encounter_id":"1"`, `"sbp":150`, `"weight":62.5`, `"by_label":"医务人员测量"`}},
		{name: "but a voided visit's", as: "east", method: post, url: "/followups/1/void", body: `{"reason":"录错"}`, status: 200},
		{name: "are not", as: "qiang", url: "/residents/1/vitals?from=2026-11-24", status: 200, want: []string{`"items":[]`}},
	})
}
