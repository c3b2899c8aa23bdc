package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jiayi/models"
)

// homeVisit is a visit of 张秀英 at home, with its position.
func homeVisit(on string) string {
	return strings.Replace(visit(on), `"visit_way":1`, `"visit_way":2,"place":"117.2655,34.7951"`, 1)
}

// A visit at home carries up to three photographs; who may log visits of the person adds them, who
// may read the visit sees them, and nobody else does.
func TestFollowupPhotos(t *testing.T) {
	s := newSite(t)
	const home, clinic = "/followups/1", "/followups/2"
	send := func(as, to, content string, headers ...string) (int, string) {
		body, contentType := form(t, "file", "../../x.html", content)
		status, _, answer := s.call(as, http.MethodPost, "/api/v1"+to+"/photos", body, append([]string{"Content-Type", contentType}, headers...)...)
		return status, answer
	}
	s.run(t, []scenario{
		{name: "at home", as: "nurse", method: post, url: "/followups", body: homeVisit("2026-11-22"), status: 201, want: []string{`"photos":[]`}},
		{name: "at the clinic", as: "nurse", method: post, url: "/followups", body: visit("2026-11-23"), status: 201},
		{name: "no picture yet", as: "nurse", url: home + "/photos/1", status: 404},
		{name: "no file", as: "nurse", method: post, url: home + "/photos", body: `{"file":"x"}`, status: 422, want: []string{`"field":"file"`}},
	})
	first := `"photos":["/api/v1` + home + `/photos/1"]`
	for _, c := range []struct {
		name, as, to, content, key string
		status                     int
		want                       string
	}{
		{"no image", "nurse", home, "<html>", "k0", 422, "只能发送"},
		{"the son of the house", "qiang", home, photograph(t), "k0", 403, "forbidden"},
		{"another team", "west", home, photograph(t), "k0", 404, "not_found"},
		{"another town", "shiliu", home, photograph(t), "k0", 404, "not_found"},
		{"an auditor", "auditor", home, photograph(t), "k0", 403, "forbidden"},
		{"nobody", "", home, photograph(t), "k0", 401, ""},
		{"no such visit", "nurse", "/followups/99", photograph(t), "k0", 404, "not_found"},
		{"at the clinic", "nurse", clinic, photograph(t), "k0", 409, "not_at_home"},
		{"the nurse", "nurse", home, photograph(t), "k1", 201, first},
		{"her repetition after a lost answer", "nurse", home, photograph(t), "k1", 201, first},
		{"her key with another picture", "nurse", home, photograph(t) + "more", "k1", 422, "idempotency_mismatch"},
		{"the lead", "east", home, photograph(t), "k2", 201, home + `/photos/2"]`},
		{"a third", "nurse", home, photograph(t), "k3", 201, home + `/photos/3"]`},
		{"a fourth", "nurse", home, photograph(t), "k4", 409, "photos_full"},
	} {
		if status, body := send(c.as, c.to, c.content, "Idempotency-Key", c.key); status != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
	}
	status, header, body := s.call("qiang", http.MethodGet, "/api/v1"+home+"/photos/3", "")
	if status != http.StatusOK || header.Get("Content-Type") != "image/jpeg" || header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Content-Disposition") != `attachment; filename="photo-1-3.jpg"` || body == "" {
		t.Errorf("the son of the house sees it: %d %v", status, header)
	}
	s.run(t, []scenario{
		{name: "not a stranger", as: "mei", url: home + "/photos/1", status: 404},
		{name: "nor another team", as: "west", url: home + "/photos/1", status: 404},
		{name: "there is no fourth", as: "nurse", url: home + "/photos/4", status: 404},
		{name: "voided", as: "nurse", method: post, url: home + "/void", body: `{"reason":"录错"}`, status: 200, want: []string{home + `/photos/3"`}},
		{name: "and kept", as: "nurse", url: home + "/photos/1", status: 200},
	})
	if status, body := send("nurse", home, photograph(t)); status != http.StatusConflict || !strings.Contains(body, "already_voided") {
		t.Errorf("after it was voided: %d %s", status, body)
	}
}

// A phone without signal has some days to send a photograph, and not for ever.
func TestFollowupPhotosComeInTime(t *testing.T) {
	s := newSite(t)
	s.run(t, []scenario{{name: "at home", as: "nurse", method: post, url: "/followups", body: homeVisit("2026-11-22"), status: 201}})
	for _, c := range []struct{ days, status int }{{models.PhotoDays, http.StatusCreated}, {1, http.StatusConflict}} {
		s.clock.Add(time.Duration(c.days) * 24 * time.Hour)
		body, contentType := form(t, "file", "x.jpg", photograph(t))
		if status, _, answer := s.call("nurse", http.MethodPost, "/api/v1/followups/1/photos", body, "Content-Type", contentType); status != c.status {
			t.Errorf("%d days on: %d %s", c.days, status, answer)
		}
	}
}
