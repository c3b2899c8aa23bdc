package fakewechat

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
)

// maxCard is the size from which on a photograph is refused, in bytes.
const maxCard = 2 << 20

// Card is what there is to read on an ID card; the back holds neither name nor number.
type Card struct {
	Name, Number string
	Back         bool
}

// ShowCard is the card that every photograph shows from now on. Until then there is nothing
// to be read on any.
func (s *Server) ShowCard(c Card) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.card = &c
}

// idCard answers ocr/idcard. The picture goes nowhere.
func (s *Server) idCard(r *http.Request, body []byte) (answer, *wireError) {
	if failure := s.checkToken(r); failure != nil {
		return nil, failure
	}
	photo, failure := photoOf(r, body)
	switch {
	case failure != nil:
		return nil, failure
	case len(photo) >= maxCard, !isPhoto(photo):
		return nil, fail(101000, "invalid image url")
	case s.card == nil:
		return nil, fail(101002, "invalid image data")
	case s.card.Back:
		return answer{"errcode": 0, "errmsg": "ok", "type": "Back", "valid_date": "20171025-20271025"}, nil
	}
	return answer{
		"errcode": 0, "errmsg": "ok", "type": "Front", "name": s.card.Name, "id": s.card.Number,
		"addr": "", "gender": "", "nationality": "汉",
	}, nil
}

// photoOf is the field img of the form.
func photoOf(r *http.Request, body []byte) ([]byte, *wireError) {
	missing := fail(41005, "media data missing")
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return nil, missing
	}
	for parts := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
		part, err := parts.NextPart()
		if err != nil {
			return nil, missing
		}
		if part.FormName() != "img" || part.FileName() == "" {
			continue
		}
		photo, err := io.ReadAll(part)
		if err != nil {
			return nil, missing
		}
		return photo, nil
	}
}

func isPhoto(b []byte) bool {
	kind := http.DetectContentType(b)
	return kind == "image/jpeg" || kind == "image/png"
}
