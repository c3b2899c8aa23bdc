package api_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"
	"time"

	"jiayi/internal/picture"
)

// photograph is a small JPEG.
func photograph(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 12)), nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sendPicture sends a picture into the first conversation, under a name that means harm.
func (s *site) sendPicture(as, content string, headers ...string) (int, string) {
	s.t.Helper()
	body, contentType := form(s.t, "file", "../../x.html", content)
	status, _, answer := s.call(as, http.MethodPost, "/api/v1/messages/1/images", body, append([]string{"Content-Type", contentType}, headers...)...)
	return status, answer
}

func TestConversationScenarios(t *testing.T) {
	s := newSite(t)
	s.run(t, []scenario{
		{name: "the son asks his mother's team", as: "qiang", method: post, url: "/messages", body: `{"resident_id":"1","text":"最近头晕怎么办"}`, status: 201,
			want: []string{`"status":"open","status_label":"进行中"`, `"reply_by":"2026-11-23T05:00:00Z"`, `"team_hours":"周一至周五 8:00–17:30"`, `"team_unread":1`, `"text":"最近头晕怎么办"`, `"by":"resident:2"`}},
		{name: "and goes on", as: "qiang", method: post, url: "/messages", body: `{"resident_id":"1","text":"还有耳鸣"}`, status: 201, want: []string{`"conversation":{"id":"1"`, `"team_unread":2`}},
		{name: "for himself it is another", as: "qiang", method: post, url: "/messages", body: `{"text":"我的体检报告"}`, status: 201, want: []string{`"conversation":{"id":"2"`, `"resident_name":"张强"`}},
		{name: "to a stranger", as: "west", method: post, url: "/messages", body: `{"resident_id":"1","text":"您好"}`, status: 404},
		{name: "nothing", as: "qiang", method: post, url: "/messages/1", body: `{"text":"  "}`, status: 422, want: []string{`"field":"text"`}},
		{name: "too much", as: "qiang", method: post, url: "/messages/1", body: `{"text":"` + strings.Repeat("长", 1001) + `"}`, status: 422, want: []string{`text`}, not: []string{"长长"}},
		{name: "just enough", as: "qiang", method: post, url: "/messages/1", body: `{"text":"` + strings.Repeat("长", 1000) + `"}`, status: 201},
		{name: "the team's count", as: "nurse", url: "/messages/unread", status: 200, want: []string{`"messages":4,"conversations":2`}},
		{name: "another team's", as: "west", url: "/messages/unread", status: 200, want: []string{`"messages":0,"conversations":0`}},
		{name: "the team's list", as: "nurse", url: "/messages?unread=true&limit=1", status: 200, want: []string{`"resident_name":"张强"`, `"next_cursor"`}},
		{name: "another team", as: "west", url: "/messages/1", status: 404},
		{name: "a stranger", as: "mei", url: "/messages/1", status: 404},
		{name: "an assistant of records", as: "auditor", url: "/messages/1", status: 403},
		{name: "read so far", as: "nurse", method: post, url: "/messages/1/read", body: `{"up_to":"2"}`, status: 200, want: []string{`"team_unread":1`, `"team_read":"2"`}},
		{name: "a mark never goes back", as: "nurse", method: post, url: "/messages/1/read", body: `{"up_to":"1"}`, status: 200, want: []string{`"team_unread":1`, `"team_read":"2"`}},
		{name: "read all", as: "nurse", method: post, url: "/messages/1/read", body: `{}`, status: 200, want: []string{`"team_unread":0`, `"reply_by":"2026-11-23T05:00:00Z"`}},
		{name: "not to strangers", as: "nurse", method: post, url: "/messages/1/move", body: `{"move":"hand_over","reason":"请医生看","staff_id":"4"}`, status: 422, want: []string{`"field":"staff_id"`}},
		{name: "without a word", as: "nurse", method: post, url: "/messages/1/move", body: `{"move":"hand_over","staff_id":"1"}`, status: 422, want: []string{`"field":"reason"`}},
		{name: "to whom", as: "nurse", method: post, url: "/messages/1/move", body: `{"move":"hand_over","reason":"请医生看"}`, status: 422, want: []string{`"field":"staff_id"`}},
		{name: "handed over", as: "nurse", method: post, url: "/messages/1/move", body: `{"move":"hand_over","reason":"请医生看","staff_id":"1"}`, headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"staff_name":"周医生"`, `"version":2`}},
		{name: "an old version", as: "nurse", method: post, url: "/messages/1/move", body: `{"move":"close","reason":"完"}`, headers: []string{"If-Match", `"1"`}, status: 412},
		{name: "the doctor answers", as: "east", method: post, url: "/messages/1", body: `{"text":"请先测血压"}`, status: 201, want: []string{`"from_team":true`, `"resident_unread":1`}, not: []string{`"reply_by"`}},
		{name: "the son's count", as: "qiang", url: "/messages/unread", status: 200, want: []string{`"messages":1,"conversations":1`}},
		{name: "what he sees", as: "qiang", url: "/messages/1?limit=2", status: 200, want: []string{`"text":"请先测血压"`, `"staff_name":"周医生"`, `"history":[]`, `"next_cursor"`}, not: []string{"请医生看", "最近头晕"}},
		{name: "what the team sees", as: "nurse", url: "/messages/1", status: 200, want: []string{`"reason":"请医生看"`, "最近头晕"}},
		{name: "residents do not close", as: "qiang", method: post, url: "/messages/1/move", body: `{"move":"close","reason":"谢谢"}`, status: 404},
		{name: "closed", as: "east", method: post, url: "/messages/1/move", body: `{"move":"close","reason":"已指导测压"}`, status: 200, want: []string{`"status":"closed"`, `"summary":"已指导测压"`}},
	})
	s.clock.Add(7 * 24 * time.Hour)
	s.run(t, []scenario{
		{name: "on the seventh day it goes on", as: "qiang", method: post, url: "/messages", body: `{"resident_id":"1","text":"还是头晕"}`, status: 201, want: []string{`"conversation":{"id":"1","status":"open"`}},
		{name: "closed again", as: "nurse", method: post, url: "/messages/1/move", body: `{"move":"close","reason":"已预约"}`, status: 200},
	})
	s.clock.Add(7*24*time.Hour + time.Second)
	s.run(t, []scenario{
		{name: "later it is over", as: "qiang", method: post, url: "/messages/1", body: `{"text":"又头晕"}`, status: 409, want: []string{`"closed"`}},
		{name: "and another begins", as: "qiang", method: post, url: "/messages", body: `{"resident_id":"1","text":"又头晕"}`, status: 201, want: []string{`"conversation":{"id":"3"`}},
	})
}

func TestPicturesOverHTTP(t *testing.T) {
	s := newSite(t)
	if status, _, body := s.call("qiang", post, "/api/v1/messages", `{"resident_id":"1","text":"请看"}`); status != http.StatusCreated {
		t.Fatal(status, body)
	}
	for range 2 { // sent again
		if status, body := s.sendPicture("qiang", photograph(t), "Idempotency-Key", "one"); status != http.StatusCreated || !strings.Contains(body, `"url":"/api/v1/messages/1/images/2","type":"image/jpeg","width":16,"height":12`) {
			t.Fatal(status, body)
		}
	}
	if status, body := s.sendPicture("qiang", photograph(t)+"more", "Idempotency-Key", "one"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "idempotency_mismatch") {
		t.Error(status, body)
	}
	for name, c := range map[string]struct {
		as, content string
		status      int
		want        string
	}{
		"a page": {"qiang", "<html><script>alert(1)</script></html>", 422, "只能发送 PNG、JPEG 或 WebP 图片"}, "a drawing": {"qiang", "<svg/>", 422, "只能发送"},
		"half": {"qiang", photograph(t)[:80], 422, "只能发送"}, "nothing": {"qiang", "", 422, "只能发送"},
		"over 5 MB":  {"qiang", photograph(t) + strings.Repeat("x", picture.MaxBytes), 413, "file_too_large"},
		"a stranger": {"mei", photograph(t), 404, "not_found"}, "another team": {"west", photograph(t), 404, "not_found"}, "an auditor": {"auditor", photograph(t), 403, "forbidden"}, "nobody": {"", photograph(t), 401, ""},
	} {
		if status, body := s.sendPicture(c.as, c.content); status != c.status || !strings.Contains(body, c.want) || strings.Contains(body, "x.html") {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if status, _, body := s.call("qiang", post, "/api/v1/messages/1/images", `{"file":"x"}`); status != http.StatusUnprocessableEntity {
		t.Errorf("no multipart: %d %s", status, body)
	}
	status, header, body := s.call("nurse", http.MethodGet, "/api/v1/messages/1/images/2", "")
	if status != http.StatusOK || header.Get("Content-Type") != "image/jpeg" || header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Content-Disposition") != `attachment; filename="image-2.jpg"` ||
		header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(body, "\xff\xd8\xff") {
		t.Errorf("%d %v", status, header)
	}
	for _, c := range []struct {
		as, url string
		status  int
	}{{"mei", "/messages/1/images/2", 404}, {"west", "/messages/1/images/2", 404}, {"", "/messages/1/images/2", 401}, {"qiang", "/messages/1/images/1", 404}, {"qiang", "/messages/2/images/2", 404}} {
		if status, _, _ := s.call(c.as, http.MethodGet, "/api/v1"+c.url, ""); status != c.status {
			t.Errorf("%s %s: %d", c.as, c.url, status)
		}
	}
}
