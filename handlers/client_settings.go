package handlers

import "context"

// ClientSettings are what a phone must know before anyone has signed in. Nothing in them
// is secret. The zero value is an installation that names none.
type ClientSettings struct {
	Demo           bool   `json:"demo" doc:"演示系统:数据均为虚构"`
	WechatLoginURL string `json:"wechat_login_url,omitempty" doc:"演示系统:在微信以外的浏览器中取得登录代码的地址"`
	ServicePhone   string `json:"service_phone,omitempty" doc:"服务电话,每一页都可以拨打"`
	IDCardCamera   bool   `json:"id_card_camera" doc:"是否可以拍身份证代替手工输入号码(POST /wechat/id-card)"`
}

// ClientSettingsOutput answers with the settings of the installation.
type ClientSettingsOutput struct{ Body ClientSettings }

// GetClientSettings is public: the sign-in page needs it.
func (h *Handlers) GetClientSettings(_ context.Context, _ *None) (*ClientSettingsOutput, error) {
	return &ClientSettingsOutput{h.Client}, nil
}
