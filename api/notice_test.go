package api_test

import (
	"context"
	"errors"
	"testing"

	"jiayi/api"
	"jiayi/internal/wechat"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// contractTemplate is the message template of notices about contracts.
const contractTemplate = "tmpl-contract"

// phones sends notices about contracts to the WeChat stand-in.
type phones struct{ client *wechat.Client }

func (p *phones) Templates() []models.Subscription {
	return []models.Subscription{models.ForContract}
}

func (p *phones) Send(ctx context.Context, d store.Delivery) error {
	err := p.client.SendSubscribe(ctx, wechat.Message{OpenID: d.OpenID, TemplateID: contractTemplate, Data: map[string]string{"thing1": d.Text, "character_string2": d.Number}})
	var failed *wechat.Error
	if errors.As(err, &failed) {
		return &store.SendError{Code: string(failed.Reason()), ForGood: !failed.Temporary()}
	}
	return err
}

// TestNoticesOverHTTP walks from a subscription to the telephone: accepted, sent, used up,
// undelivered, told; then refused by the platform, accepted again, sent again.
func TestNoticesOverHTTP(t *testing.T) {
	d := newDoor(t, func(c *api.Config) {
		c.Handlers.TemplateIDs = map[models.Subscription]string{models.ForContract: contractTemplate}
	})
	err := d.store.Load(t.Context(), func(l *store.Loader) error {
		return l.Insert(&models.WechatAccount{ID: 1, OpenIDIndex: l.OpenIDIndex("openid-1"), OpenID: "openid-1", ResidentID: storetest.ZhangQiang})
	})
	if err != nil {
		t.Fatal(err)
	}
	d.wechat.AddUser("login-1", "openid-1", qiangPhone, true)
	d.wechat.AddTemplate(contractTemplate, "thing1", "character_string2")
	doctor := d.doctor().string("access_token")
	qiang := d.call("POST", "/auth/wechat", "", object{"code": "login-1"}).want(200, "").string("access_token")
	deliver := func(want int) {
		t.Helper()
		if n, err := d.store.DeliverOutbox(t.Context(), &phones{d.client}); err != nil || n != want {
			t.Fatalf("%d sent, %v", n, err)
		}
	}
	items := func(path, bearer string) []any {
		t.Helper()
		list, _ := d.call("GET", path, bearer, nil).want(200, "").body["items"].([]any)
		return list
	}
	contract := func() object {
		t.Helper()
		for _, i := range items("/me/subscriptions", qiang) {
			if i := i.(object); i["template"] == "contract" {
				return i
			}
		}
		t.Fatal("no contracts")
		return nil
	}
	accept := func(onPlatform int) {
		t.Helper()
		d.wechat.Subscribe("openid-1", contractTemplate, onPlatform)
		d.call("POST", "/me/subscriptions", qiang, object{"results": object{"contract": "accept"}}).want(200, "")
	}
	if c := contract(); c["ask"] != true || c["template_id"] != contractTemplate || c["left"] != 0.0 {
		t.Errorf("%v", c)
	}
	accept(1)
	if c := contract(); c["ask"] != false || c["left"] != 1.0 || c["answer"] != "accept" {
		t.Errorf("%v", c)
	}

	signing := object{"resident_id": storetest.ZhangQiang.String(), "team_id": storetest.EastTeam.String(), "signature": signature}
	signed := d.call("POST", "/contracts", doctor, signing).want(201, "")
	deliver(1)
	if sent := d.wechat.Sent(); len(sent) != 1 || sent[0].OpenID != "openid-1" || sent[0].Data["thing1"] != "您的签约申请已有结果" || sent[0].Data["character_string2"] != signed.string("no") {
		t.Errorf("%+v", sent)
	}

	d.call("POST", "/contracts/"+signed.string("id")+"/terminate", doctor, object{"reason": "04"}, "If-Match", signed.header.Get("ETag")).want(200, "")
	deliver(0)
	open := items("/notices/undelivered?reason=no_quota", doctor)
	if len(open) != 1 {
		t.Fatalf("%v", open)
	}
	missed, _ := open[0].(object)
	if missed["template"] != "contract_stopped" || missed["resident_name"] != "张强" || missed["reachable"] != false || missed["status"] != "dead" {
		t.Errorf("%v", missed)
	}
	at := "/notices/" + missed["id"].(string)
	d.call("POST", at+"/resend", doctor, nil).want(409, "no_channel")
	d.call("POST", at+"/told", doctor, object{"note": ""}).want(422, "")
	d.call("POST", at+"/told", qiang, object{"note": "我"}).want(403, "")
	if told := d.call("POST", at+"/told", doctor, object{"note": "已与本人通话"}, "Idempotency-Key", "call").want(200, ""); told.body["status"] != "told" {
		t.Errorf("%s", told.text)
	}
	d.call("POST", at+"/told", doctor, object{"note": "已与本人通话"}, "Idempotency-Key", "call").want(200, "")
	d.call("POST", at+"/told", doctor, object{"note": "再次"}).want(409, "wrong_state")
	if list := items("/notices/undelivered?state=told", doctor); len(list) != 1 || list[0].(object)["told"].(object)["reason"] != "已与本人通话" {
		t.Errorf("%v", list)
	}

	inbox := items("/notices", qiang)
	if len(inbox) != 2 || inbox[0].(object)["title"] != "签约终止" || inbox[0].(object)["read"] != false || inbox[0].(object)["link"].(object)["id"] != signed.string("id") {
		t.Fatalf("%v", inbox)
	}
	unread := func(want float64) {
		t.Helper()
		if r := d.call("GET", "/notices/unread", qiang, nil).want(200, ""); r.body["notices"] != want {
			t.Errorf("%s, want %v", r.text, want)
		}
	}
	unread(2)
	newest, _ := inbox[0].(object)["id"].(string)
	d.call("POST", "/notices/"+newest+"/read", qiang, nil).want(204, "")
	d.call("POST", "/notices/"+newest+"/read", doctor, nil).want(404, "")
	unread(1)
	d.call("POST", "/notices/read", qiang, object{"up_to": nil}).want(422, "")
	d.call("POST", "/notices/read", qiang, object{"up_to": newest}).want(204, "")
	unread(0)
	if list := items("/notices?unread=true", qiang); len(list) != 0 {
		t.Errorf("%v", list)
	}

	accept(0) // the platform knows of none
	d.call("POST", "/contracts", doctor, signing).want(201, "")
	deliver(0)
	refused := items("/notices/undelivered?reason=refused", doctor)
	if c := contract(); len(refused) != 1 || c["left"] != 0.0 {
		t.Fatalf("%v %v", refused, c)
	}
	deliver(0) // 43101 is never tried again
	accept(1)
	d.call("POST", "/notices/"+refused[0].(object)["id"].(string)+"/resend", doctor, nil).want(200, "")
	deliver(1)
	if n := len(d.wechat.Sent()); n != 2 {
		t.Errorf("%d sent", n)
	}
	d.call("POST", "/me/subscriptions", qiang, object{"results": object{"birthday": "accept"}}).want(422, "")
	d.call("POST", "/me/subscriptions", qiang, object{"results": object{"contract": "yes"}}).want(422, "")
}
