package wechat

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	// maxAnswer bounds an answer in bytes; real ones stay under 2 KiB.
	maxAnswer = 64 << 10

	firstBackoff = 200 * time.Millisecond // before the first repetition; doubles each time
)

// call is one exchange with WeChat.
type call struct {
	name  string // for errors
	path  string
	query url.Values
	body  any // POSTed as JSON
	form  *form
}

// form is a body of its own type, POSTed. A call without it and without JSON is a GET.
type form struct {
	body        []byte
	contentType string
}

// status is the part that every answer has.
type status struct {
	Code    errcode `json:"errcode"`
	Message string  `json:"errmsg"`
}

// errcode is a number, which some of the platform's own examples write as text.
type errcode int

// UnmarshalJSON reads both.
func (c *errcode) UnmarshalJSON(b []byte) error {
	n, err := strconv.Atoi(strings.Trim(string(b), `"`))
	*c = errcode(n)
	return err
}

// do makes the call and reads its answer into out, repeating it while WeChat says
// that it is busy (errcode −1). Nothing else is repeated: after a lost answer a
// single-use code may be spent and a message may be sent.
func (c *Client) do(ctx context.Context, k call, out any) error {
	backoff := firstBackoff
	for attempt := 0; ; attempt++ {
		err := c.once(ctx, k, out)
		var e *Error
		if !errors.As(err, &e) || e.Code != codeBusy || attempt >= c.cfg.BusyRetries {
			return err
		}
		if sleepErr := c.cfg.Sleep(ctx, backoff); sleepErr != nil {
			return &Error{Call: k.name, reason: Unavailable, cause: sleepErr}
		}
		backoff *= 2
	}
}

func (c *Client) once(ctx context.Context, k call, out any) error {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
	defer cancel()
	fail := func(cause error) error { return &Error{Call: k.name, reason: Unavailable, cause: cause} }

	request, err := c.request(ctx, k)
	if err != nil {
		return fail(errRequest)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return fail(harmless(err))
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fail(errStatus)
	}
	raw, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return fail(harmless(err))
	case len(raw) > maxAnswer:
		return fail(errTooLarge)
	}
	var s status
	// A decoder's error may quote the answer, so it is not kept.
	if json.Unmarshal(raw, &s) != nil || (s.Code == 0 && json.Unmarshal(raw, out) != nil) {
		return fail(errAnswer)
	}
	if s.Code != 0 {
		return codeError(k.name, s)
	}
	return nil
}

func (c *Client) request(ctx context.Context, k call) (*http.Request, error) {
	u := c.base.JoinPath(k.path)
	u.RawQuery = k.query.Encode()
	f := k.form
	switch {
	case f == nil && k.body == nil:
		return http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	case f == nil:
		raw, err := json.Marshal(k.body)
		if err != nil {
			return nil, err
		}
		f = &form{raw, "application/json"}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(f.body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", f.contentType)
	return request, nil
}

// harmless reduces a transport error to what may be logged. The address in it has
// secrets in its query, and a protocol error quotes what the server sent.
func harmless(err error) error {
	var network *net.OpError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return context.DeadlineExceeded
	case errors.As(err, &network):
		return network
	case errors.As(err, &certificate):
		return certificate
	}
	return errBroken
}
