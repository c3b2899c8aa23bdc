package fakewechat

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// subscription is a user's permission for messages of one template.
type subscription struct{ openid, template string }

// Sent is a message that reached its user.
type Sent struct {
	OpenID     string
	TemplateID string
	Page       string
	State      string            // miniprogram_state
	Data       map[string]string // template key to text
	At         time.Time
}

// AddTemplate registers a message template and its keys ("thing1", "time2").
func (s *Server) AddTemplate(id string, keys ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.templates[id] = slices.Sorted(slices.Values(keys))
}

// Subscribe is a user accepting n messages of a template.
func (s *Server) Subscribe(openid, template string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quota[subscription{openid, template}] += n
}

// Sent is every message delivered so far, oldest first.
func (s *Server) Sent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// send answers subscribe/send.
func (s *Server) send(r *http.Request, body []byte) (answer, *wireError) {
	if failure := s.checkToken(r); failure != nil {
		return nil, failure
	}
	var in struct {
		To       string `json:"touser"`
		Template string `json:"template_id"`
		Page     string `json:"page"`
		State    string `json:"miniprogram_state"`
		Lang     string `json:"lang"`
		Data     map[string]struct {
			Value string `json:"value"`
		} `json:"data"`
	}
	if json.Unmarshal(body, &in) != nil {
		return nil, fail(47001, "data format error")
	}
	keys, known := s.templates[in.Template]
	switch {
	case s.users[in.To] == nil:
		return nil, fail(40003, "invalid openid")
	case !known:
		return nil, fail(40037, "invalid template_id")
	case !s.goodPage(in.Page):
		return nil, fail(41030, "invalid page")
	case !slices.Contains([]string{"", "developer", "trial", "formal"}, in.State):
		return nil, fail(47003, "argument invalid! miniprogram_state invalid")
	}
	data := make(map[string]string, len(keys))
	for _, key := range keys {
		value := in.Data[key].Value
		if !goodValue(key, value) {
			return nil, fail(47003, fmt.Sprintf("argument invalid! data.%s.value invalid", key))
		}
		data[key] = value
	}
	who := subscription{in.To, in.Template}
	if s.quota[who] <= 0 {
		return nil, fail(43101, "user refuse to accept the msg")
	}
	s.quota[who]--
	s.serial++
	s.sent = append(s.sent, Sent{in.To, in.Template, in.Page, in.State, data, s.opts.Now()})
	return answer{"errcode": 0, "errmsg": "ok", "msgid": s.serial}, nil
}

func (s *Server) goodPage(page string) bool {
	path, _, _ := strings.Cut(page, "?")
	return !strings.HasPrefix(path, "/") &&
		(path == "" || len(s.opts.Pages) == 0 || slices.Contains(s.opts.Pages, path))
}

// valuePatterns say what a field of each kind may hold. They are written apart from
// the client's limits on purpose: a shared mistake would go unnoticed.
var valuePatterns = map[string]*regexp.Regexp{
	"thing":            regexp.MustCompile(`^.{1,20}$`),
	"phrase":           regexp.MustCompile(`^\p{Han}{1,5}$`),
	"name":             regexp.MustCompile(`^(\p{Han}{1,10}|[\p{L}\p{P} ]{1,20})$`),
	"symbol":           regexp.MustCompile(`^.{1,5}$`),
	"letter":           regexp.MustCompile(`^[A-Za-z]{1,32}$`),
	"character_string": regexp.MustCompile(`^[[:ascii:]]{1,32}$`),
	"number":           regexp.MustCompile(`^[0-9.]{1,32}$`),
	"phone_number":     regexp.MustCompile(`^[0-9+-]{1,17}$`),
	"amount":           regexp.MustCompile(`^[¥\x{FFE5}]?[0-9.]{1,10}元?$`),
	"date":             regexp.MustCompile(`^[0-9]{4}(年[0-9]{1,2}月[0-9]{1,2}日|-[0-9]{2}-[0-9]{2})( [0-9]{2}:[0-9]{2})?$`),
	"time":             regexp.MustCompile(`^([0-9]{4}(年[0-9]{1,2}月[0-9]{1,2}日|-[0-9]{2}-[0-9]{2}) ?)?([0-9]{2}:[0-9]{2})?$`),
}

func goodValue(key, value string) bool {
	pattern := valuePatterns[strings.TrimRight(key, "0123456789")]
	return pattern != nil && value != "" && utf8.ValidString(value) && pattern.MatchString(value)
}
