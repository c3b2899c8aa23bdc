package wechat

import "context"

// Message is one subscription message (订阅消息). It is shown on a lock screen, so
// it must not hold a diagnosis; choosing harmless words is the caller's part
// (domain §7.4).
type Message struct {
	OpenID     string
	TemplateID string
	Page       string            // opened on a tap, e.g. "pages/contract/index?id=1"; may be empty
	Data       map[string]string // template key ("thing1", "time2") to text; see Fit
}

// SendSubscribe sends a message, each field fitted to its limit. Errors are an
// *Error, or those of the TokenStore. Refused means that the user's one-time
// subscription is used up or was never given: set the quota to 0 and do not retry.
// After Unavailable the message may have been sent.
func (c *Client) SendSubscribe(ctx context.Context, m Message) error {
	const name = "subscribe/send"
	type value struct {
		Value string `json:"value"`
	}
	data := make(map[string]value, len(m.Data))
	for key, text := range m.Data {
		fitted, ok := Fit(key, text)
		if !ok {
			return &Error{Call: name, Field: key, reason: BadMessage}
		}
		data[key] = value{fitted}
	}
	body := struct {
		To       string           `json:"touser"`
		Template string           `json:"template_id"`
		Page     string           `json:"page,omitempty"`
		Data     map[string]value `json:"data"`
		State    string           `json:"miniprogram_state"`
		Lang     string           `json:"lang"`
	}{m.OpenID, m.TemplateID, m.Page, data, c.cfg.MessageState, "zh_CN"}
	var answer struct {
		Code *int `json:"errcode"`
	}
	err := c.withToken(ctx, call{name: name, path: "/cgi-bin/message/subscribe/send", body: body}, &answer)
	if err == nil && answer.Code == nil { // some other server's {} is no receipt
		err = &Error{Call: name, reason: Unavailable, cause: errAnswer}
	}
	return err
}
