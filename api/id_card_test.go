package api_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jiayi/handlers"
	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
)

// cards is a site that offers to photograph ID cards, and the platform that reads them.
func cards(t *testing.T) (*site, *fakewechat.Server) {
	t.Helper()
	fake := fakewechat.New(fakewechat.Options{AppID: "wx-liuyuan", AppSecret: "secret"})
	fake.ShowCard(fakewechat.Card{Name: "张强", Number: idOfQiang})
	platform := httptest.NewServer(fake)
	t.Cleanup(platform.Close)
	client, err := wechat.New(wechat.Config{AppID: "wx-liuyuan", AppSecret: "secret", BaseURL: platform.URL, BusyRetries: -1})
	if err != nil {
		t.Fatal(err)
	}
	return newSite(t, func(h *handlers.Handlers) {
		h.Wechat, h.Client.IDCardCamera = client, true
	}), fake
}

// photographCard sends a photograph of a card.
func (s *site) photographCard(as, content string) (int, string) {
	s.t.Helper()
	body, contentType := form(s.t, "file", "card.jpg", content)
	status, _, answer := s.call(as, http.MethodPost, "/api/v1/wechat/id-card", body, "Content-Type", contentType)
	return status, answer
}

func TestReadIDCard(t *testing.T) {
	s, fake := cards(t)
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })

	if status, body := s.photographCard("east", photograph(t)); status != http.StatusOK || body != `{"name":"张强","id_number":"`+idOfQiang+`"}`+"\n" {
		t.Fatalf("%d %s", status, body)
	}
	s.run(t, []scenario{{name: "phones are told that it is offered", url: "/client-settings", status: 200, want: []string{`"id_card_camera":true`}}})
	for as, want := range map[string]int{"": 401, "qiang": 403, "auditor": 403, "nurse": 200} {
		if status, _ := s.photographCard(as, photograph(t)); status != want {
			t.Errorf("%q: %d, want %d", as, status, want)
		}
	}
	for name, c := range map[string]struct {
		content string
		status  int
	}{
		"no picture": {"%PDF-1.7", 422}, "an empty one": {"", 422}, "a large one": {photograph(t) + strings.Repeat("x", 5<<20), 413},
	} {
		if status, body := s.photographCard("east", c.content); status != c.status {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	fake.ShowCard(fakewechat.Card{Name: "张强", Number: idOfQiang[:17] + "?"})
	if status, body := s.photographCard("east", photograph(t)); status != http.StatusUnprocessableEntity || !strings.Contains(body, `"code":"unreadable"`) || strings.Contains(body, idOfQiang[:17]) {
		t.Errorf("a figure that was misread: %d %s", status, body)
	}
	if strings.Contains(log.String(), idOfQiang[:17]) || strings.Contains(log.String(), "张强") {
		t.Errorf("the log tells whose card it was: %s", log.String())
	}
}

// Whatever fails at WeChat, the answer says that typing goes on.
func TestReadIDCardTroubles(t *testing.T) {
	s, fake := cards(t)
	for drill, want := range map[string]struct {
		status int
		code   string
	}{
		"unreadable": {422, "unreadable"}, "quota_used": {429, "id_card_quota"}, "no_right": {503, "wechat_unavailable"},
		"busy": {503, "wechat_unavailable"}, "down": {503, "wechat_unavailable"}, "token_expired": {503, "wechat_unavailable"},
	} {
		fake.Drill(drill)
		if status, body := s.photographCard("east", photograph(t)); status != want.status || !strings.Contains(body, want.code) || !strings.Contains(body, "手工输入") {
			t.Errorf("%s: %d %s", drill, status, body)
		}
	}
	off := newSite(t)
	if status, body := off.photographCard("east", photograph(t)); status != http.StatusServiceUnavailable || !strings.Contains(body, "id_card_unconfigured") {
		t.Errorf("where it is not offered: %d %s", status, body)
	}
}
