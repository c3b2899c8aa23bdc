package wechat

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/url"
	"strings"
)

// MaxCardBytes is how large a photograph of an ID card may be: WeChat takes less than 2 MB.
const MaxCardBytes = 2<<20 - 1

// IDCard is what WeChat read on the front of a resident ID card. All of it is personal.
type IDCard struct {
	Name   string
	Number string
}

// ReadIDCard has WeChat read the front of an ID card on a photograph, PNG or JPEG, of at most
// MaxCardBytes. The account must have the right to the platform's ID card recognition: 100
// cards a day are free, more are bought on its service market. Errors are an *Error, or those
// of the TokenStore; Unreadable means that there is no card to be made out, or only its back.
func (c *Client) ReadIDCard(ctx context.Context, photo []byte) (IDCard, error) {
	const name = "ocr/idcard"
	f, err := photoForm(photo)
	if err != nil {
		return IDCard{}, &Error{Call: name, reason: Unavailable, cause: errRequest}
	}
	var answer struct {
		Side   string `json:"type"`
		Name   string `json:"name"`
		Number string `json:"id"`
	}
	// A photograph, as against a scan without its surroundings.
	err = c.withToken(ctx, call{name: name, path: "/cv/ocr/idcard", query: url.Values{"type": {"photo"}}, form: f}, &answer)
	switch {
	case err != nil:
		return IDCard{}, err
	case answer.Side != "Front" || answer.Number == "":
		return IDCard{}, &Error{Call: name, reason: Unreadable}
	}
	return IDCard{Name: strings.TrimSpace(answer.Name), Number: strings.ToUpper(strings.TrimSpace(answer.Number))}, nil
}

// photoForm is the photograph as the platform takes it, in the field img.
func photoForm(photo []byte) (*form, error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("img", "card")
	if err != nil {
		return nil, err
	}
	if _, err := part.Write(photo); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return &form{b.Bytes(), w.FormDataContentType()}, nil
}
