package commands

import (
	"errors"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
	"jiayi/models"
	"jiayi/models/store"
)

// TestWechatSender sends each family with its template, and tells what kind of failure it was.
func TestWechatSender(t *testing.T) {
	fake := fakewechat.New(fakewechat.Options{AppID: demoAppID, AppSecret: demoSecret})
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	client, err := wechat.New(wechat.Config{AppID: demoAppID, AppSecret: demoSecret, BaseURL: server.URL, BusyRetries: -1})
	if err != nil {
		t.Fatal(err)
	}
	templates := demoTemplates()
	fake.AddUser("login", "openid", "19900000001", true)
	for _, row := range templates {
		fake.AddTemplate(row.id, row.text, row.number)
	}
	s := wechatSender{client, templates}
	if len(s.Templates()) != len(models.Subscriptions) || templates.ids()[models.ForMedicine] != "demo-medicine" {
		t.Errorf("%v %v", s.Templates(), templates.ids())
	}
	send := func(openid string, family models.Subscription) error {
		return s.Send(t.Context(), store.Delivery{OpenID: openid, Template: family, Text: "欧阳*娜的个人信息申请已有答复,请查看", Number: "12"})
	}
	failure := func(err error) store.SendError {
		var why *store.SendError
		if !errors.As(err, &why) {
			return store.SendError{}
		}
		return *why
	}
	if got := failure(send("openid", models.ForContract)); got.Code != models.RefusedPhone || !got.ForGood {
		t.Errorf("43101 is %+v", got)
	}
	fake.Subscribe("openid", "demo-contract", 2)
	fake.Fail(fakewechat.PathSend, 1, fakewechat.Fault{Code: -1})
	if got := failure(send("openid", models.ForContract)); got.Code != "busy" || got.ForGood {
		t.Errorf("busy is %+v", got)
	}
	if got := failure(send("nobody", models.ForContract)); got.Code != "unknown_user" || !got.ForGood {
		t.Errorf("an unknown openid is %+v", got)
	}
	if err := send("openid", models.ForContract); err != nil {
		t.Fatal(err)
	}
	if pages, err := os.ReadFile("../miniprogram/src/pages.json"); err != nil || !strings.Contains(string(pages), strings.TrimPrefix(noticePage, "resident/")) {
		t.Errorf("the mini-program has no page %s: %v", noticePage, err)
	}
	if sent := fake.Sent(); len(sent) != 1 || len([]rune(sent[0].Data["thing1"])) > 20 || sent[0].Data["character_string2"] != "12" || sent[0].Page != noticePage {
		t.Errorf("%+v", sent)
	}
}
