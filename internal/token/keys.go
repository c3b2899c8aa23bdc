// Package token makes and checks what a client carries: short signed access
// tokens (JWT, HS256) and opaque random refresh tokens.
package token

import "jiayi/internal/keytext"

// Signing keys are at least one SHA-256 output long (RFC 7518 §3.2) and at most
// one block, beyond which HMAC would hash them down.
const (
	minKeySize = 32
	maxKeySize = 64
)

// Keys are the signing keys by id. The first signs; the others are still
// accepted, so that a rotation ends no session.
type Keys struct {
	current string
	byID    map[string][]byte
}

// ParseKeys reads "k2:BASE64,k1:BASE64" from the setting of that name, the signing
// key first, each of 32 to 64 bytes. Its error names the setting, never the key.
func ParseKeys(setting, text string) (Keys, error) {
	parsed, err := keytext.Parse(setting, text, minKeySize, maxKeySize)
	if err != nil {
		return Keys{}, err
	}
	keys := Keys{current: parsed[0].ID, byID: make(map[string][]byte, len(parsed))}
	for _, k := range parsed {
		keys.byID[k.ID] = k.Bytes
	}
	return keys, nil
}

// GenerateKeys returns the text of one new random key, as ParseKeys reads it.
func GenerateKeys() string { return keytext.Text(keytext.Random("k1", minKeySize)) }
