package seal

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"
)

const (
	nonceSize = 12
	tagSize   = 16
)

// Failures of Seal and Open. None holds any part of a value.
var (
	// ErrNoContext is a Seal or Open without additional data: the value could
	// be moved to another row unnoticed.
	ErrNoContext = errors.New("seal: no additional data")
	// ErrUnknownKey is a value whose key is not in the keyring: a key was
	// retired before every value was sealed again.
	ErrUnknownKey = errors.New("seal: sealed under a key that is not in the keyring")
	// ErrBroken is a value that is not a sealed value, was changed, or belongs
	// to another place (other additional data).
	ErrBroken = errors.New("seal: not a sealed value, changed, or moved")
)

// encoding refuses stray bits, so that one sealed value has one spelling.
var encoding = base64.RawURLEncoding.Strict()

// SealedLen is the length in bytes of a sealed value, for sizing columns.
func SealedLen(keyIDLen, plainLen int) int {
	return keyIDLen + 1 + encoding.EncodedLen(nonceSize+plainLen+tagSize)
}

// Seal hides plain under the current key and binds it to aad, which names the
// place it belongs to ("resident.id_number/" + id) and must be given again to
// Open. The result is "kid.base64url(nonce‖ciphertext‖tag)"; sealing twice gives
// two different texts. With random nonces one key serves 2³² values (NIST SP
// 800-38D), far more than a district has. The only error is ErrNoContext.
func (k *Keyring) Seal(plain, aad string) (string, error) {
	if aad == "" {
		return "", ErrNoContext
	}
	buf := make([]byte, nonceSize, nonceSize+len(plain)+tagSize)
	_, _ = rand.Read(buf) // crypto/rand never fails: it ends the program instead
	buf = k.fields[k.current].Seal(buf, buf, []byte(plain), []byte(aad))

	out := make([]byte, 0, SealedLen(len(k.current), len(plain)))
	out = append(out, k.current...)
	out = append(out, '.')
	return string(encoding.AppendEncode(out, buf)), nil
}

// Open returns the plain text of a sealed value. It returns ErrUnknownKey,
// ErrNoContext or ErrBroken.
func (k *Keyring) Open(sealed, aad string) (string, error) {
	if aad == "" {
		return "", ErrNoContext
	}
	id, body, found := strings.Cut(sealed, ".")
	if !found || strings.ContainsAny(body, "\r\n") { // the decoder would skip line ends
		return "", ErrBroken
	}
	gcm, known := k.fields[id]
	if !known {
		return "", ErrUnknownKey
	}
	buf, err := encoding.DecodeString(body)
	if err != nil || len(buf) < nonceSize+tagSize {
		return "", ErrBroken
	}
	plain, err := gcm.Open(buf[nonceSize:nonceSize], buf[:nonceSize], buf[nonceSize:], []byte(aad))
	if err != nil {
		return "", ErrBroken
	}
	return string(plain), nil
}

// KeyID is the id of the key a value is sealed under, "" if it is not a sealed value.
func KeyID(sealed string) string {
	id, _, found := strings.Cut(sealed, ".")
	if !found {
		return ""
	}
	return id
}

// NeedsReseal tells whether a value is sealed under another key than the current one.
func (k *Keyring) NeedsReseal(sealed string) bool { return KeyID(sealed) != k.current }

// CurrentKeyID is the id of the key that Seal uses.
func (k *Keyring) CurrentKeyID() string { return k.current }
