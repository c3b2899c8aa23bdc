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
	"jiayi/models/store"
)

// wechatSettings name the mini-program. Without it residents cannot sign in, and every
// message stays in the inbox.
type wechatSettings struct {
	WechatAppid     string          `env:"JIAYI_WECHAT_APPID" placeholder:"ID" help:"App id of the mini-program; its secret is JIAYI_WECHAT_SECRET." group:"WeChat:"`
	WechatURL       webAddress      `name:"wechat-url" env:"JIAYI_WECHAT_URL" default:"https://api.weixin.qq.com" help:"Where WeChat answers." group:"WeChat:"`
	WechatAllowHTTP bool            `name:"wechat-allow-http" env:"JIAYI_WECHAT_ALLOW_HTTP" help:"Permit plain http to a gateway inside the bureau's own network." group:"WeChat:"`
	WechatState     string          `env:"JIAYI_WECHAT_STATE" enum:"developer,trial,formal" default:"formal" help:"Version that a message opens: ${enum}." group:"WeChat:"`
	WechatTemplates wechatTemplates `env:"JIAYI_WECHAT_TEMPLATES" placeholder:"LIST" help:"Subscription templates: NOTICE=TEMPLATE_ID:TEXT_FIELD:NUMBER_FIELD, with commas between." group:"WeChat:"`
}

// noticeTexts are the notices that can be sent, and what each says. A lock screen shows
// them: they name no diagnosis (domain §7.4).
var noticeTexts = map[string]string{
	"contract_result":   "您的签约申请已有结果",
	"contract_offered":  "有一份签约等待您确认",
	"contract_rejected": "您的签约申请未通过",
	"contract_stopped":  "您的签约已终止",
	"contract_renewed":  "您的签约已续约",
	"contract_expired":  "您的签约已到期",
	"contract_expiring": "您的签约即将到期,请续约",
	"privacy_answered":  "您的个人信息申请已有答复",
	"complaint_replied": "您的诉求已有答复",
	"visit_to_confirm":  "有一次服务等待您确认",

	store.HomeServiceNotice:          "您的上门服务有新进展",
	store.HomeServiceSoonNotice:      "明天有一次上门服务",
	store.PrescriptionNotice:         "您的处方申请有新进展",
	store.SupplyEndsNotice:           "您的用药即将用完,请联系家庭医生团队",
	store.ChatNotice:                 "家庭医生团队回复了您",
	store.AppointmentBookedNotice:    "您的预约已成功",
	store.AppointmentCancelledNotice: "您的预约已取消",
	store.AppointmentWithdrawnNotice: "您预约的时段停诊,预约已取消",
	store.AppointmentSoonNotice:      "您预约了明天就诊",
}

// wechatTemplate is one template of the platform: its id, and the fields for the text
// and for the number of the agreement.
type wechatTemplate struct{ id, text, number string }

// wechatTemplates are the configured templates by notice.
type wechatTemplates map[string]wechatTemplate

// UnmarshalText reads NOTICE=TEMPLATE_ID:TEXT_FIELD:NUMBER_FIELD,…
func (w *wechatTemplates) UnmarshalText(b []byte) error {
	out := wechatTemplates{}
	for entry := range strings.SplitSeq(string(b), ",") {
		if entry = strings.TrimSpace(entry); entry == "" {
			continue
		}
		notice, rest, _ := strings.Cut(entry, "=")
		parts := strings.Split(rest, ":")
		if noticeTexts[notice] == "" {
			return fmt.Errorf("there is no such notice; the notices are %s", strings.Join(slices.Sorted(maps.Keys(noticeTexts)), ", "))
		}
		if len(parts) != 3 || slices.Contains(parts, "") {
			return fmt.Errorf("the template of %s must be TEMPLATE_ID:TEXT_FIELD:NUMBER_FIELD", notice)
		}
		out[notice] = wechatTemplate{parts[0], parts[1], parts[2]}
	}
	*w = out
	return nil
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

// wechatSender sends the notices that have a template.
type wechatSender struct {
	client    *wechat.Client
	templates wechatTemplates
}

// Templates implements store.Sender.
func (w wechatSender) Templates() []string { return slices.Sorted(maps.Keys(w.templates)) }

// noticePage is where a tap on a message leads.
const noticePage = "pages/message/index"

// hopeless are the failures that trying again cannot mend.
var hopeless = map[wechat.Reason]bool{wechat.Refused: true, wechat.UnknownUser: true, wechat.BadMessage: true, wechat.BlockedUser: true}

// Send implements store.Sender.
func (w wechatSender) Send(ctx context.Context, d store.Delivery) error {
	t := w.templates[d.Template]
	err := w.client.SendSubscribe(ctx, wechat.Message{
		OpenID: d.OpenID, TemplateID: t.id, Page: noticePage, Data: map[string]string{t.text: noticeTexts[d.Template], t.number: d.Data},
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
