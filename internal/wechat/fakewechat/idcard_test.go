package fakewechat_test

import (
	"net/http"
	"testing"

	"jiayi/internal/wechat/fakewechat"
)

// What the client never sends is answered as the platform answers it.
func TestIDCardOnTheWire(t *testing.T) {
	w := newWire(t)
	token, _, _ := w.token(false)
	for _, c := range []struct {
		name, method, path, body string
		want                     int
	}{
		{"by GET", http.MethodGet, "?access_token=" + token, "", 43002},
		{"no token", http.MethodPost, "", "", 41001},
		{"no form", http.MethodPost, "?access_token=" + token, "x", 41005},
	} {
		if _, code := w.call(c.method, fakewechat.PathIDCard+c.path, c.body); code != c.want {
			t.Errorf("%s: errcode %d, want %d", c.name, code, c.want)
		}
	}
}

// The drills of an ID card: its quota, its right, and a picture that cannot be made out.
func TestIDCardDrills(t *testing.T) {
	w := newWire(t)
	for drill, want := range map[string]int{"quota_used": 45009, "no_right": 48001, "unreadable": 101002, "busy": -1, "token_expired": 42001} {
		if !w.fake.Drill(drill) {
			t.Fatalf("no drill %s", drill)
		}
		if _, code := w.call(http.MethodPost, fakewechat.PathIDCard, ""); code != want {
			t.Errorf("%s: errcode %d, want %d", drill, code, want)
		}
	}
}
