package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jiayi/internal/calendar"
	"jiayi/internal/wechat/fakewechat"
	"jiayi/scripts/client"
)

// notices is how many a resident is sent while WeChat is away.
const notices = 6

// wechatGone lets WeChat be slow, talk nonsense and go away while a team sees a resident
// who has subscribed: what people do goes on, and every notice arrives once in the end.
func wechatGone(ctx context.Context, t *theatre) (string, error) {
	i := slices.IndexFunc(t.logins.Wechat, func(w client.WechatUser) bool { return w.ResidentID != "" })
	if i < 0 {
		return "", errors.New("the district has no resident on WeChat")
	}
	elder := t.logins.Wechat[i] // the code of a seeded user is its openid
	resident := elder.ResidentID
	t.wechat.AddUser("drill", elder.Code, "", true)
	t.wechat.Subscribe(elder.Code, template, notices)
	phone, err := t.logins.SignInResident(ctx, t.server.base(), "drill")
	if err != nil {
		return "", err
	}
	for range notices {
		if err := phone.Call(ctx, "POST", "/me/subscriptions", map[string]any{"results": map[string]string{"followup": "accept"}}, nil); err != nil {
			return "", err
		}
	}
	team, err := t.logins.SignIn(ctx, t.server.base(), "district")
	if err != nil {
		return "", err
	}
	faults := []fakewechat.Fault{{Delay: 3 * time.Second}, {Body: "<html>busy</html>"}, {Status: 502}, {Code: -1}, {Down: true}, {Hang: true}}
	var slowest time.Duration
	for i, f := range faults {
		for _, path := range []string{fakewechat.PathLogin, fakewechat.PathSend, fakewechat.PathToken} {
			t.wechat.Fail(path, fakewechat.Forever, f)
		}
		at := time.Now()
		visit := map[string]any{"resident_id": resident, "visited_on": calendar.DateOf(time.Now()).AddDays(-i), "visit_way": 3, "services": []string{"consult"}}
		if err := team.Call(ctx, "POST", "/followups", visit, nil); err != nil {
			return "", err
		}
		slowest = max(slowest, time.Since(at))
		if _, err := t.logins.SignInResident(ctx, t.server.base(), "drill"); err == nil && i > 0 {
			return "", errors.New("a resident signed in while WeChat gave no answer")
		}
		t.wechat.Heal()
	}
	healed := time.Now()
	db, err := t.db.open(dbName)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	var waiting, sent int
	err = until(ctx, 5*time.Minute, "the notices to arrive", func() (bool, error) {
		return waiting+sent > 0 && waiting == 0 && sent >= notices, db.QueryRowContext(ctx, "SELECT COALESCE(SUM(status = 'waiting'), 0), COALESCE(SUM(status = 'sent'), 0) FROM outbox WHERE resident_id = ? AND template = 'visit_to_confirm'", resident).Scan(&waiting, &sent)
	})
	if err != nil {
		return "", fmt.Errorf("%w: %d wait, %d sent", err, waiting, sent)
	}
	if n := len(t.wechat.Sent()); n != notices {
		return "", fmt.Errorf("WeChat was given %d messages for %d notices", n, notices)
	}
	if _, err := t.logins.SignInResident(ctx, t.server.base(), "drill"); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d faults; a visit took %.2f s at most meanwhile, all %d notices arrived once, %.0f s after the end", len(faults), slowest.Seconds(), notices, time.Since(healed).Seconds()), nil
}
