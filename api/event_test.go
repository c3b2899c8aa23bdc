package api_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"jiayi/models"
)

const anEvent = `{"kind":"signing","title":"签约进东村","place":"东村文化广场","on":"2026-11-23","team_ids":["1"],"services":["signing","talk"]}`

// held opens an event of the east team today and returns its scene.
func (s *site) held() string {
	s.t.Helper()
	s.call("east", post, "/api/v1/events", anEvent)
	s.call("east", post, "/api/v1/events/1/move", `{"move":"open"}`)
	scene, err := s.store.As(actors["east"]).EventScene(s.t.Context(), 1)
	if err != nil {
		s.t.Fatal(err)
	}
	return scene
}

func TestEventScenarios(t *testing.T) {
	s := newSite(t)
	scene := s.held()
	s.run(t, []scenario{
		{name: "residents see it", as: "mei", url: "/events", status: 200, want: []string{`"title":"签约进东村"`, `"status_label":"进行中"`, `{"code":"talk","label":"健康讲座"}`, `"signed":0`}, not: []string{scene}},
		{name: "nobody else learns the code", as: "east", url: "/events/1", status: 200, not: []string{scene}},
		{name: "scanned", as: "qiang", method: post, url: "/events/check-in", body: `{"scene":"` + scene + `"}`, status: 200, want: []string{`"resident_id":"2"`, "东村文化广场"}},
		{name: "for his mother", as: "qiang", method: post, url: "/events/check-in", body: `{"scene":"` + scene + `","resident_id":"1"}`, status: 200},
		{name: "an unknown code", as: "qiang", method: post, url: "/events/check-in", body: `{"scene":"abc"}`, status: 404, not: []string{"abc"}},
		{name: "no code", as: "qiang", method: post, url: "/events/check-in", body: `{}`, status: 422},
		{name: "signed there", as: "east", method: post, url: "/contracts", body: `{"resident_id":"1","team_id":"1","event_id":"1","signature":"` + signature + `"}`, status: 201, want: []string{`"event_id":"1"`, `"source":"4"`}},
		{name: "not for another team", as: "west", method: post, url: "/contracts", body: `{"resident_id":"7","team_id":"2","event_id":"1","signature":"` + signature + `"}`, status: 422, want: []string{`"event_id"`}},
		{name: "nor by application", as: "mei", method: post, url: "/contracts", body: `{"team_id":"3","event_id":"1"}`, status: 422, want: []string{`"event_id"`}},
		{name: "counted", as: "nurse", method: post, url: "/events/1/counts", body: `{"heads":1,"consultations":5,"materials":40}`, status: 200,
			want: []string{`"report":{"attendance":2,"heads":1,"checked_in":2,"consultations":5,"materials":40,"signed":1}`}},
		{name: "too many", as: "nurse", method: post, url: "/events/1/counts", body: `{"heads":-1,"consultations":5,"materials":40}`, status: 422, want: []string{`heads`}},
		{name: "closed by others", as: "west", method: post, url: "/events/1/move", body: `{"move":"close"}`, status: 403},
		{name: "out of sight", as: "shiliu", method: post, url: "/events/1/move", body: `{"move":"close"}`, status: 404},
		{name: "cancelled without a reason", as: "east", method: post, url: "/events/1/move", body: `{"move":"cancel"}`, status: 422, want: []string{`"reason"`}},
		{name: "closed", as: "east", method: post, url: "/events/1/move", body: `{"move":"close"}`, status: 200, want: []string{`"status":"closed"`, `"actions":[]`, `"move_label":"活动结束"`}},
		{name: "then nobody checks in", as: "mei", method: post, url: "/events/check-in", body: `{"scene":"` + scene + `"}`, status: 409, want: []string{`"not_open"`}},
		{name: "nor signs there", as: "east", method: post, url: "/contracts", body: `{"resident_id":"2","team_id":"1","event_id":"1","signature":"` + signature + `"}`, status: 422, want: []string{`"event_id"`}},
		{name: "residents do not see it any more", as: "mei", url: "/events/1", status: 404},
		{name: "of the past", as: "east", method: post, url: "/events", body: strings.Replace(anEvent, "11-23", "11-22", 1), status: 422, want: []string{`"on"`}},
		{name: "a team twice", as: "east", method: post, url: "/events", body: strings.Replace(anEvent, `["1"]`, `["1","1"]`, 1), status: 422, want: []string{`"duplicate"`}},
		{name: "objects for teams", as: "east", method: post, url: "/events", body: strings.Replace(anEvent, `["1"]`, `[{"id":"1"},[]]`, 1), status: 422, want: []string{`team_ids[0]`, `team_ids[1]`}},
		{name: "of others", as: "east", method: post, url: "/events", body: strings.Replace(anEvent, `["1"]`, `["2"]`, 1), status: 403},
		{name: "planned", as: "east", method: post, url: "/events", body: strings.Replace(anEvent, "11-23", "11-30", 1), status: 201, want: []string{`"status":"planned"`}},
		{name: "changed", as: "east", method: patch, url: "/events/2", body: strings.Replace(anEvent, "11-23", "12-01", 1), headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"on":"2026-12-01"`}},
		{name: "changed blindly", as: "east", method: patch, url: "/events/2", body: anEvent, status: 428},
		{name: "not begun before its day", as: "east", method: post, url: "/events/2/move", body: `{"move":"open"}`, status: 409, want: []string{`"not_today"`}},
		{name: "the figures", as: "liuyuan", url: "/stats/events?by=institution", status: 200, want: []string{`"held":1,"attendance":2,"consultations":5,"materials":40,"signed":1`}},
	})
}

// The picture of the code is a PNG and holds the page with the scene alone.
func TestEventCode(t *testing.T) {
	s := newSite(t)
	scene := s.held()
	status, header, body := s.call("nurse", "GET", "/api/v1/events/1/code.png", "")
	picture, err := png.Decode(bytes.NewReader([]byte(body)))
	if status != 200 || header.Get("Content-Type") != "image/png" || err != nil || picture.Bounds().Dx() != 480 {
		t.Fatalf("%d %s %v", status, header.Get("Content-Type"), err)
	}
	want, err := qr.Encode(checkInURL+scene, qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	if want, err = barcode.Scale(want, 480, 480); err != nil {
		t.Fatal(err)
	}
	for x := range 480 {
		for y := range 480 {
			r, _, _, _ := picture.At(x, y).RGBA()
			if w, _, _, _ := want.At(x, y).RGBA(); r != w {
				t.Fatalf("the code says something else at %d, %d", x, y)
			}
		}
	}
	for _, again := range []string{"liuyuan", "manager"} {
		if _, _, same := s.call(again, "GET", "/api/v1/events/1/code.png", ""); same != body {
			t.Errorf("%s gets another code", again)
		}
	}
	for as, want := range map[string]int{"west": 403, "shiliu": 404, "qiang": 403, "": 401} {
		if status, _, _ := s.call(as, "GET", "/api/v1/events/1/code.png", ""); status != want {
			t.Errorf("%q: %d", as, status)
		}
	}
	if len(scene) != models.SceneLength {
		t.Errorf("%q", scene)
	}
}
