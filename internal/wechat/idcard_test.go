package wechat_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
)

const idNumber = "370499195603081020"

func cardPhoto(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 10)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadIDCard(t *testing.T) {
	b := newBench(t)
	photo := cardPhoto(t)
	read := func(photo []byte) error {
		_, err := b.ReadIDCard(t.Context(), photo)
		return err
	}
	wantError(t, read(photo), wechat.Unreadable, 101002) // there is no card on it
	b.fake.ShowCard(fakewechat.Card{Name: "张桂芬", Number: idNumber})
	if got, err := b.ReadIDCard(t.Context(), photo); err != nil || got != (wechat.IDCard{Name: "张桂芬", Number: idNumber}) {
		t.Fatalf("%v", err)
	}
	wantError(t, read([]byte("no picture")), wechat.Unreadable, 101000)
	wantError(t, read(append(photo, make([]byte, wechat.MaxCardBytes)...)), wechat.Unreadable, 101000)
	if err := read(append(photo, make([]byte, wechat.MaxCardBytes-len(photo))...)); err != nil {
		t.Errorf("the largest photograph: %v", err)
	}
	b.fake.ShowCard(fakewechat.Card{Back: true})
	wantError(t, read(photo), wechat.Unreadable, 0)
}

// A spent token is renewed once, and the picture is sent again whole.
func TestReadIDCardRenewsTheToken(t *testing.T) {
	b := newBench(t)
	b.fake.ShowCard(fakewechat.Card{Name: "张桂芬", Number: idNumber})
	stable(t, b)
	b.fake.Revoke()
	if got, err := b.ReadIDCard(t.Context(), cardPhoto(t)); err != nil || got.Number != idNumber {
		t.Errorf("%v", err)
	}
	if n := b.fake.Calls(fakewechat.PathIDCard); n != 2 {
		t.Errorf("%d calls", n)
	}
}

func TestReadIDCardFails(t *testing.T) {
	for name, c := range map[string]struct {
		fault  fakewechat.Fault
		reason wechat.Reason
		code   int
	}{
		"no right":          {fakewechat.Fault{Code: 48001}, wechat.Misconfigured, 48001},
		"quota used":        {fakewechat.Fault{Code: 45009}, wechat.TooFrequent, 45009},
		"down":              {fakewechat.Fault{Down: true}, wechat.Unavailable, 0},
		"not JSON":          {fakewechat.Fault{Body: "<html>" + idNumber}, wechat.Unavailable, 0},
		"errcode as text":   {fakewechat.Fault{Body: `{"errcode":"101002","errmsg":"` + idNumber + `"}`}, wechat.Unreadable, 101002},
		"a card of nobody":  {fakewechat.Fault{Body: `{"errcode":0,"type":"Front","name":"张桂芬"}`}, wechat.Unreadable, 0},
		"a code of nothing": {fakewechat.Fault{Body: `{"errcode":"x"}`}, wechat.Unavailable, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.fake.Fail(fakewechat.PathIDCard, fakewechat.Forever, c.fault)
			_, err := b.ReadIDCard(t.Context(), cardPhoto(t))
			wantError(t, err, c.reason, c.code)
			if text := fmt.Sprintf("%v %#v", err, err); strings.Contains(text, idNumber) || strings.Contains(text, "张桂芬") {
				t.Errorf("the error tells whose card it was: %s", text)
			}
		})
	}
}

// The platform's documentation writes the errcode of a good answer as text, and pads it.
func TestReadIDCardOnTheWire(t *testing.T) {
	b := newBench(t)
	b.fake.Fail(fakewechat.PathIDCard, 1, fakewechat.Fault{Body: `{"errcode":"0","errmsg":"ok","type":"Front","name":" 张桂芬 ","id":"37049919560308102x"}`})
	if got, err := b.ReadIDCard(t.Context(), cardPhoto(t)); err != nil || got != (wechat.IDCard{Name: "张桂芬", Number: "37049919560308102X"}) {
		t.Errorf("%v", err)
	}
}

func TestReadIDCardRequest(t *testing.T) {
	var query, field string
	b := newBench(t)
	b.config.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == fakewechat.PathIDCard {
			query = r.URL.Query().Get("type")
			if f, h, err := r.FormFile("img"); err == nil {
				field = h.Filename
				_ = f.Close()
			}
		}
		return http.DefaultTransport.RoundTrip(r)
	})
	client, err := wechat.New(b.config)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = client.ReadIDCard(t.Context(), cardPhoto(t))
	if query != "photo" || field == "" {
		t.Errorf("type %q, file name %q", query, field)
	}
}

// roundTrip is a transport made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
