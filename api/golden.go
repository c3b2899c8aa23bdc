package api

import (
	"bytes"
	"encoding/json"
)

// Golden is the OpenAPI description as it is kept in docs/openapi.json: indented, and
// without a version, which would differ with every commit.
func Golden() ([]byte, error) {
	text, err := Spec("0").MarshalJSON()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
