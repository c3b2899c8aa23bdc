package api_test

import (
	"net/http"
	"testing"

	"jiayi/models/store/storetest"
)

// What no other test sees succeed over HTTP: an offer that is taken back, a renewal, a task
// given up, a guardian no more, a pregnancy that is noted, a resident who leaves, a surplus.
func TestWhatRemainsSucceeds(t *testing.T) {
	s := newSite(t)
	s.run(t, []scenario{
		{name: "an offer", as: "east", method: post, url: "/contracts", body: `{"resident_id":"3","team_id":"1"}`, status: 201, want: []string{`"status":"offered"`}},
		{name: "is taken back", as: "east", method: post, url: "/contracts/1/cancel", body: `{"reason":"居民改变主意"}`, status: 200, want: []string{`"status":"cancelled"`, "居民改变主意"}},
		{name: "and not twice", as: "east", method: post, url: "/contracts/1/cancel", body: `{"reason":"再次"}`, status: 409, want: []string{"wrong_state"}},

		{name: "a guardian", as: "east", method: post, url: "/residents/1/guardians", body: `{"guardian_id":"2","relation":"20","consent":"on_site","evidence":"本人同意"}`, status: 201, want: []string{`"id":"1"`}},
		{name: "is one no more", as: "east", method: post, url: "/residents/1/guardians/1/end", status: 200},
		{name: "and does not end twice", as: "east", method: post, url: "/residents/1/guardians/1/end", status: 404},

		{name: "a pregnancy", as: "east", method: post, url: "/residents/3/populations", body: `{"code":"01","begin":"2026-11-02","evidence":"早孕检查"}`, status: 201},
		{name: "is dated", as: "east", method: patch, url: "/residents/3/pregnancy", body: `{"lmp":"2026-08-20"}`, status: 200, want: []string{`"lmp":"2026-08-20"`, `"version":1`}},
		{name: "not blindly again", as: "east", method: patch, url: "/residents/3/pregnancy", body: `{"lmp":"2026-08-21"}`, status: 428, want: []string{"version_required"}},
		{name: "within the days that are possible", as: "east", method: patch, url: "/residents/3/pregnancy", body: `{"lmp":"2027-08-20"}`, headers: []string{"If-Match", `"1"`}, status: 422, want: []string{`"field":"lmp"`}},

		{name: "not met on the first day", as: "east", method: post, url: "/tasks/1/attempts", body: `{"on":"2026-11-21","visit_way":3,"outcome":"not_reached"}`, status: 200},
		{name: "given up too early", as: "east", method: post, url: "/tasks/1/give-up", body: `{"reason":"lost"}`, headers: []string{"If-Match", `"2"`}, status: 409},
		{name: "nor on the second", as: "east", method: post, url: "/tasks/1/attempts", body: `{"on":"2026-11-22","visit_way":3,"outcome":"not_reached"}`, status: 200},
		{name: "nor on the third", as: "east", method: post, url: "/tasks/1/attempts", body: `{"on":"2026-11-23","visit_way":3,"outcome":"not_reached"}`, status: 200},
		{name: "given up", as: "east", method: post, url: "/tasks/1/give-up", body: `{"reason":"lost"}`, status: 200, want: []string{`"reason":"lost"`, "失访"}},

		{name: "a surplus", as: "manager", method: post, url: "/settlements/surplus", body: `{"from":"2026-01-01","to":"2026-10-31","cents":1000000,"institutions":[{"institution_id":"2","score":90}]}`, status: 200, want: []string{`"status":"draft"`}},
		{name: "of a time to come", as: "manager", method: post, url: "/settlements/surplus", body: `{"from":"2026-01-01","to":"2027-10-31","cents":1000000,"institutions":[{"institution_id":"2","weight":1,"score":90}]}`, status: 422, want: []string{`"field":"to"`}},

		{name: "a resident leaves", as: "west", method: post, url: "/residents/7/move-out", body: `{"on":"2026-11-20","reason":"外地工作"}`, status: 200, want: []string{`"status":"moved_out"`}},
		{name: "and does not leave twice", as: "west", method: post, url: "/residents/7/move-out", body: `{"on":"2026-11-20"}`, status: 409},

		{name: "signed for a year", as: "east", method: post, url: "/contracts", body: `{"resident_id":"2","team_id":"1","signature":"` + signature + `"}`, status: 201, want: []string{`"id":"2"`, `"end_date":"2027-11-22"`}},
	})
	s.clock.Set(storetest.Today.AddDays(343)) // three weeks before the end
	s.run(t, []scenario{
		{name: "renewed without a gap", as: "east", method: post, url: "/contracts/2/renew", body: `{"term_years":1,"signature":"` + signature + `"}`, status: http.StatusCreated, want: []string{`"begin_date":"2027-11-23"`, `"previous_id":"2"`}},
		{name: "once", as: "east", method: post, url: "/contracts/2/renew", body: `{"term_years":1,"signature":"` + signature + `"}`, status: 409, want: []string{"already_renewed"}},
	})
}
