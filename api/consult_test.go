package api_test

import (
	"strings"
	"testing"
	"time"

	"jiayi/models/store/storetest"
)

const consultBody = `{"resident_id":"1","kind":"ecg","emergency":true,"centre_id":"5","purpose":"判读心电图","material":"胸闷一天,心电图已上传","expected_at":"2026-11-23T02:00:00Z"}`

func TestConsultScenarios(t *testing.T) {
	s := newSite(t)
	storetest.Hospital(t, s.store)
	s.run(t, []scenario{
		{name: "asked", as: "nurse", method: post, url: "/consults", body: consultBody, status: 201, want: []string{`"no":"YC37049920261123000001"`, `"kind_label":"远程心电"`, `"due_at":"2026-11-23T01:30:00Z"`,
			`"phone":"199****0001"`, `"centre_name":"榴园区人民医院"`, `"move":"cancel"`}, not: []string{"19900000001", `"opinion"`}},
		{name: "for a stranger", as: "west", method: post, url: "/consults", body: consultBody, status: 404},
		{name: "by a resident", as: "qiang", method: post, url: "/consults", body: consultBody, status: 403},
		{name: "all that is wrong", as: "east", method: post, url: "/consults", body: strings.NewReplacer(`"centre_id":"5"`, `"centre_id":"4"`, "判读心电图", " ", "T02:00", "T00:59").Replace(consultBody), status: 422,
			want: []string{`"field":"centre_id"`, `"field":"purpose"`, `"field":"expected_at"`}},
		{name: "of an unknown kind", as: "east", method: post, url: "/consults", body: strings.Replace(consultBody, "ecg", "mri", 1), status: 422, want: []string{`"kind"`}, not: []string{"mri"}},
		{name: "the centre's box", as: "hospital", url: "/consults?box=in&state=requested&kind=ecg&emergency=true", status: 200, want: []string{`"name":"张秀英"`, `"record_no":"37049900110100001"`}},
		{name: "is not the team's", as: "east", url: "/consults?box=in", status: 200, want: []string{`"items":[]`}},
		{name: "which has it in the other", as: "east", url: "/consults?box=out", status: 200, want: []string{`"id":"1"`}},
		{name: "a stranger's", as: "west", url: "/consults/1", status: 404},
		{name: "not for residents", as: "qiang", url: "/consults/1", status: 403},
		{name: "the team cannot answer itself", as: "east", method: post, url: "/consults/1/move", body: move("accept"), status: 403},
		{name: "an unknown move", as: "hospital", method: post, url: "/consults/1/move", body: move("fly"), status: 422, want: []string{`"field":"move"`}, not: []string{"fly"}},
		{name: "reject without a reason", as: "hospital", method: post, url: "/consults/1/move", body: move("reject"), status: 422, want: []string{`"field":"reason"`}},
		{name: "accepted", as: "hospital", method: post, url: "/consults/1/move", body: move("accept"), headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"status_label":"已受理"`, `"version":2`}},
		{name: "against an old version", as: "hospital", method: post, url: "/consults/1/move", body: move("begin"), headers: []string{"If-Match", `"1"`}, status: 412},
		{name: "report before it began", as: "hospital", method: post, url: "/consults/1/move", body: move("report", `"opinion":"大致正常"`), status: 409, want: []string{`"wrong_state"`}},
		{name: "begun", as: "hospital", method: post, url: "/consults/1/move", body: move("begin"), status: 200},
	})
	s.clock.Add(31 * time.Minute)
	if _, err := s.store.WatchConsults(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.run(t, []scenario{
		{name: "late", as: "hospital", url: "/consults?overdue=true", status: 200, want: []string{`"overdue":true`, `"escalated_at":"2026-11-23T01:31:00Z"`}},
		{name: "report without an opinion", as: "hospital", method: post, url: "/consults/1/move", body: move("report", `"findings":"窦性心律"`), status: 422, want: []string{`"field":"opinion"`}},
		{name: "reported", as: "hospital", method: post, url: "/consults/1/move", body: move("report", `"findings":"窦性心律"`, `"opinion":"大致正常心电图"`), status: 200, want: []string{`"opinion":"大致正常心电图"`, `"due_at":null`}},
		{name: "unseen by the team until it is signed", as: "east", url: "/consults/1", status: 200, want: []string{`"status":"reported"`}, not: []string{"大致正常心电图"}},
		{name: "signed", as: "hospital", method: post, url: "/consults/1/move", body: move("sign"), status: 200, want: []string{`"signer_name":"蒋主任"`}},
		{name: "the team reads it", as: "nurse", url: "/consults/1", status: 200, want: []string{`"opinion":"大致正常心电图"`, `"actions":[{"move":"close","label":"确认并结束"}]`}},
		{name: "closed", as: "east", method: post, url: "/consults/1/move", body: move("close"), status: 200, want: []string{`"actions":[]`, `"move_label":"签发报告"`}},
		{name: "and out of the centre's sight", as: "hospital", url: "/consults/1", status: 404},
		{name: "the timeline", as: "east", url: "/residents/1/timeline", status: 200, want: []string{`"kind":"consult","title":"远程心电,现已结束"`}},
		{name: "figures", as: "manager", url: "/stats/consults?from=2026-11-01&to=2026-11-30", status: 200, want: []string{`"total":1,"kinds":[{"kind":"opinion"`, `{"kind":"ecg","label":"远程心电","total":1,"on_time":{"numerator":0,"denominator":1,"rate":0}}`}},
	})
}
