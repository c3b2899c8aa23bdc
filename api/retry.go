package api

import (
	"fmt"
	"net/http"
)

// GetHeaders adds Retry-After to a problem whose details say when to try again.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if seconds, ok := p.Details["retry_after"]; ok {
		h.Set("Retry-After", fmt.Sprint(seconds))
	}
	return h
}
