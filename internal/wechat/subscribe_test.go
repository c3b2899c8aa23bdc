package wechat_test

import (
	"errors"
	"maps"
	"testing"

	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
)

func TestSendSpendsOneSubscription(t *testing.T) {
	b := newBench(t)
	m := b.message()
	m.Data["thing1"] = "榴园区中心卫生院家庭医生签约服务协议即将到期提醒"
	b.fake.Subscribe(openid, template, 1)
	if err := b.SendSubscribe(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	sent := b.fake.Sent()
	want := map[string]string{"thing1": "榴园区中心卫生院家庭医生签约服务协议即…", "date2": "2026年4月30日"}
	if len(sent) != 1 || sent[0].OpenID != openid || sent[0].TemplateID != template ||
		sent[0].Page != m.Page || sent[0].State != "formal" || !maps.Equal(sent[0].Data, want) {
		t.Errorf("sent %+v", sent)
	}
	wantError(t, b.SendSubscribe(t.Context(), m), wechat.Refused, 43101)
	if len(b.fake.Sent()) != 1 {
		t.Error("sent without a subscription")
	}
}

func TestSendRefused(t *testing.T) {
	b := newBench(t)
	b.fake.Subscribe(openid, template, 10)
	for _, c := range []struct {
		name   string
		edit   func(*wechat.Message)
		reason wechat.Reason
		code   int
		field  string
	}{
		{"unknown user", func(m *wechat.Message) { m.OpenID = "someone" }, wechat.UnknownUser, 40003, ""},
		{"unknown template", func(m *wechat.Message) { m.TemplateID = "none" }, wechat.BadMessage, 40037, ""},
		{"bad page", func(m *wechat.Message) { m.Page = "/pages/x" }, wechat.BadMessage, 41030, ""},
		{"missing field", func(m *wechat.Message) { delete(m.Data, "date2") }, wechat.BadMessage, 47003, "date2"},
		{"bad date", func(m *wechat.Message) { m.Data["date2"] = "soon" }, wechat.BadMessage, 47003, "date2"},
		{"empty field, found before sending", func(m *wechat.Message) { m.Data["thing1"] = " " }, wechat.BadMessage, 0, "thing1"},
		{"unknown kind, found before sending", func(m *wechat.Message) { m.Data["poem1"] = "x" }, wechat.BadMessage, 0, "poem1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := b.message()
			c.edit(&m)
			err := b.SendSubscribe(t.Context(), m)
			wantError(t, err, c.reason, c.code)
			var e *wechat.Error
			if errors.As(err, &e) && e.Field != c.field {
				t.Errorf("field %q, want %q", e.Field, c.field)
			}
		})
	}
	if len(b.fake.Sent()) != 0 {
		t.Error("a bad message was sent")
	}
	if err := b.SendSubscribe(t.Context(), b.message()); err != nil {
		t.Errorf("the good message: %v", err)
	}
}

// A message whose answer was lost may have been sent: it must not be repeated here.
func TestSendIsNotRepeatedAfterALostAnswer(t *testing.T) {
	b := newBench(t)
	stable(t, b)
	for _, f := range []fakewechat.Fault{{Status: 502}, {Body: "{}"}, {Body: "<html>"}} {
		before := b.fake.Calls(fakewechat.PathSend)
		b.fake.Fail(fakewechat.PathSend, 1, f)
		wantError(t, b.SendSubscribe(t.Context(), b.message()), wechat.Unavailable, 0)
		if n := b.fake.Calls(fakewechat.PathSend) - before; n != 1 {
			t.Errorf("%+v: %d calls", f, n)
		}
	}
}
