// Package keytext reads secret keys from configuration text of the form
// "k2:BASE64,k1:BASE64": each key has an id, the first is the current one and
// the others are still accepted. Its errors name the setting and the position
// of the bad entry, never its text.
package keytext

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"
)

// MaxIDLength is the longest key id, in bytes; ids travel inside stored values.
const MaxIDLength = 32

// Key is one secret key and the id that names it in stored values and tokens.
type Key struct {
	ID    string
	Bytes []byte
}

// Format writes only the id, under every verb, so that no log can print a key.
func (k Key) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "key %s", k.ID) }

// Error tells what is wrong with a setting that holds keys. It never holds any
// of the setting's text.
type Error struct {
	Setting string // the name of the setting
	Entry   int    // the entry at fault, from 1; 0 for the setting as a whole
	Reason  string
}

// Error names the setting, the entry and the reason.
func (e *Error) Error() string {
	if e.Entry == 0 {
		return fmt.Sprintf("setting %s: %s", e.Setting, e.Reason)
	}
	return fmt.Sprintf("setting %s: key %d: %s", e.Setting, e.Entry, e.Reason)
}

// Parse reads the keys of a setting, the current one first. Each key must be
// minSize to maxSize bytes long, and ids and keys must be distinct. Base64 may be
// of either alphabet, padded or not. The error is always an *Error.
func Parse(setting, text string, minSize, maxSize int) ([]Key, error) {
	if strings.TrimSpace(text) == "" {
		return nil, &Error{Setting: setting, Reason: "no key given"}
	}
	entries := strings.Split(text, ",")
	keys := make([]Key, 0, len(entries))
	ids, values := map[string]bool{}, map[string]bool{}
	for i, entry := range entries {
		key, reason := parseOne(strings.TrimSpace(entry), minSize, maxSize)
		switch {
		case reason != "":
		case ids[key.ID]:
			reason = "this id was already used"
		case values[string(key.Bytes)]:
			reason = "this key was already given under another id"
		}
		if reason != "" {
			return nil, &Error{Setting: setting, Entry: i + 1, Reason: reason}
		}
		ids[key.ID], values[string(key.Bytes)] = true, true
		keys = append(keys, key)
	}
	return keys, nil
}

// parseOne returns the key of one entry, or the reason why it is none.
func parseOne(entry string, minSize, maxSize int) (Key, string) {
	id, encoded, found := strings.Cut(entry, ":")
	if !found {
		return Key{}, "not of the form id:BASE64"
	}
	if !validID(id) {
		return Key{}, fmt.Sprintf("the id must be 1 to %d letters, digits, '-' or '_'", MaxIDLength)
	}
	alphabet := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(encoded, "="))
	b, err := base64.RawStdEncoding.Strict().DecodeString(alphabet)
	if err != nil {
		return Key{}, "not base64"
	}
	if len(b) < minSize || len(b) > maxSize {
		if minSize == maxSize {
			return Key{}, fmt.Sprintf("must be %d bytes long", minSize)
		}
		return Key{}, fmt.Sprintf("must be %d to %d bytes long", minSize, maxSize)
	}
	return Key{ID: id, Bytes: b}, ""
}

func validID(id string) bool {
	if id == "" || len(id) > MaxIDLength {
		return false
	}
	for _, c := range []byte(id) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}

// Text writes keys as Parse reads them. The result is a secret.
func Text(keys ...Key) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = k.ID + ":" + base64.StdEncoding.EncodeToString(k.Bytes)
	}
	return strings.Join(parts, ",")
}

// Random returns a new random key of size bytes.
func Random(id string, size int) Key {
	b := make([]byte, size)
	_, _ = rand.Read(b) // crypto/rand never fails: it ends the program instead
	return Key{ID: id, Bytes: b}
}
