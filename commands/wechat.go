package commands

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"jiayi/internal/wechat"
	"jiayi/models"
	"jiayi/models/store"
)

// wechatSettings name the mini-program. Without it residents cannot sign in, and every
// message stays in the inbox.
type wechatSettings struct {
	WechatAppid     string          `env:"JIAYI_WECHAT_APPID" placeholder:"ID" help:"App id of the mini-program; its secret is JIAYI_WECHAT_SECRET." group:"WeChat:"`
	WechatURL       webAddress      `name:"wechat-url" env:"JIAYI_WECHAT_URL" default:"https://api.weixin.qq.com" help:"Where WeChat answers." group:"WeChat:"`
	WechatAllowHTTP bool            `name:"wechat-allow-http" env:"JIAYI_WECHAT_ALLOW_HTTP" help:"Permit plain http to a gateway inside the bureau's own network." group:"WeChat:"`
	WechatState     string          `env:"JIAYI_WECHAT_STATE" enum:"developer,trial,formal" default:"formal" help:"Version that a message opens: ${enum}." group:"WeChat:"`
	WechatIDCard    bool            `name:"wechat-id-card" env:"JIAYI_WECHAT_ID_CARD" help:"Let staff photograph ID cards instead of typing their numbers; the account needs WeChat's ID card recognition." group:"WeChat:"`
	WechatTemplates wechatTemplates `env:"JIAYI_WECHAT_TEMPLATES" placeholder:"LIST" help:"Subscription templates: FAMILY=TEMPLATE_ID:TEXT_FIELD:NUMBER_FIELD, with commas between." group:"WeChat:"`
}

// wechatTemplate is one template of the platform: its id, and the fields for the text
// and for the number of the agreement.
type wechatTemplate struct{ id, text, number string }

// wechatTemplates are the configured templates by family of notices.
type wechatTemplates map[models.Subscription]wechatTemplate

// UnmarshalText reads FAMILY=TEMPLATE_ID:TEXT_FIELD:NUMBER_FIELD,…
func (w *wechatTemplates) UnmarshalText(b []byte) error {
	out := wechatTemplates{}
	for entry := range strings.SplitSeq(string(b), ",") {
		if entry = strings.TrimSpace(entry); entry == "" {
			continue
		}
		name, rest, _ := strings.Cut(entry, "=")
		family, parts := models.Subscription(name), strings.Split(rest, ":")
		if !family.Known() {
			return fmt.Errorf("there is no such family of notices; the families are %s", strings.Join(familyNames(), ", "))
		}
		if len(parts) != 3 || slices.Contains(parts, "") {
			return fmt.Errorf("the template of %s must be TEMPLATE_ID:TEXT_FIELD:NUMBER_FIELD", family)
		}
		out[family] = wechatTemplate{parts[0], parts[1], parts[2]}
	}
	*w = out
	return nil
}

func familyNames() []string {
	out := make([]string, len(models.Subscriptions))
	for i, row := range models.Subscriptions {
		out[i] = string(row.Code)
	}
	return out
}

// ids are the platform's template ids, which the mini-program asks with.
func (w wechatTemplates) ids() map[models.Subscription]string {
	out := make(map[models.Subscription]string, len(w))
	for family, t := range w {
		out[family] = t.id
	}
	return out
}

// client returns the client of the mini-program, nil when there is none, and the sender
// of its messages.
func (w wechatSettings) client() (*wechat.Client, store.Sender, error) {
	secret := os.Getenv(envWechatSecret)
	switch {
	case w.WechatAppid == "" && secret == "":
		return nil, wechatSender{}, nil
	case w.WechatAppid == "" || secret == "":
		return nil, nil, usageError{errors.New("JIAYI_WECHAT_APPID and JIAYI_WECHAT_SECRET must be set together")}
	}
	c, err := wechat.New(wechat.Config{
		AppID: w.WechatAppid, AppSecret: wechat.Secret(secret), BaseURL: string(w.WechatURL), AllowHTTP: w.WechatAllowHTTP, MessageState: w.WechatState,
	})
	if err != nil {
		return nil, nil, usageError{err}
	}
	return c, wechatSender{c, w.WechatTemplates}, nil
}

// wechatSender sends the notices whose family has a template.
type wechatSender struct {
	client    *wechat.Client
	templates wechatTemplates
}

// Templates implements store.Sender.
func (w wechatSender) Templates() []models.Subscription { return slices.Sorted(maps.Keys(w.templates)) }

// noticePage is where a tap on a message leads: the inbox, a page of miniprogram/src/pages.json.
const noticePage = "resident/notices/notices"

// hopeless are the failures that trying again cannot mend.
var hopeless = map[wechat.Reason]bool{wechat.Refused: true, wechat.UnknownUser: true, wechat.BadMessage: true, wechat.BlockedUser: true}

// Send implements store.Sender.
func (w wechatSender) Send(ctx context.Context, d store.Delivery) error {
	t := w.templates[d.Template]
	err := w.client.SendSubscribe(ctx, wechat.Message{
		OpenID: d.OpenID, TemplateID: t.id, Page: noticePage, Data: map[string]string{t.text: d.Text, t.number: d.Number},
	})
	var failed *wechat.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &failed):
		return &store.SendError{Code: string(failed.Reason()), ForGood: hopeless[failed.Reason()]}
	}
	return &store.SendError{Code: "unavailable"}
}
