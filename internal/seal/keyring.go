// Package seal protects stored personal fields with the national algorithms
// (domain §8.3): SM4-GCM to hide a field, HMAC-SM3 blind indexes to find it by
// exact match, and HMAC-SM3 codes for the audit chain. Each use has its own key.
package seal

import (
	"crypto/cipher"
	"fmt"

	"github.com/emmansun/gmsm/sm4"

	"jiayi/internal/keytext"
)

// Key sizes in bytes.
const (
	fieldKeySize  = 16 // SM4 has 128-bit keys
	macKeyMinSize = 32 // one SM3 output
	macKeyMaxSize = 64 // one SM3 block: HMAC would hash a longer key down
)

// Setting is one piece of configuration and the name the operator knows it by.
type Setting struct{ Name, Value string }

// Format writes only the name, under every verb: the value is a secret.
func (s Setting) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "setting %s", s.Name) }

// Settings are the three sets of keys, each written "k2:BASE64,k1:BASE64" with
// the current key first.
type Settings struct {
	Fields Setting // SM4 keys of 16 bytes that seal fields; the older ones still open
	Index  Setting // exactly one key of 32 to 64 bytes; a new one means rebuilding every index
	Audit  Setting // keys of 32 to 64 bytes for audit codes; the older ones still verify
}

// Keyring holds the keys and does the sealing. It is safe for concurrent use.
type Keyring struct {
	current string
	fields  map[string]cipher.AEAD
	index   *macKey
	audit   []*macKey
}

// New builds a Keyring. Its errors name the setting that is wrong and never show
// any of its value.
func New(s Settings) (*Keyring, error) {
	fields, err := keytext.Parse(s.Fields.Name, s.Fields.Value, fieldKeySize, fieldKeySize)
	if err != nil {
		return nil, err
	}
	index, err := keytext.Parse(s.Index.Name, s.Index.Value, macKeyMinSize, macKeyMaxSize)
	if err != nil {
		return nil, err
	}
	if len(index) != 1 {
		return nil, &keytext.Error{Setting: s.Index.Name, Reason: "exactly one key is needed"}
	}
	audit, err := keytext.Parse(s.Audit.Name, s.Audit.Value, macKeyMinSize, macKeyMaxSize)
	if err != nil {
		return nil, err
	}
	k := &Keyring{
		current: fields[0].ID,
		fields:  make(map[string]cipher.AEAD, len(fields)),
		index:   newMACKey(index[0].Bytes),
	}
	for _, key := range fields {
		if k.fields[key.ID], err = newGCM(key.Bytes); err != nil {
			return nil, &keytext.Error{Setting: s.Fields.Name, Reason: "SM4-GCM cannot use key " + key.ID}
		}
	}
	for _, key := range audit {
		if string(key.Bytes) == string(index[0].Bytes) {
			return nil, &keytext.Error{Setting: s.Audit.Name, Reason: "shares a key with " + s.Index.Name}
		}
		k.audit = append(k.audit, newMACKey(key.Bytes))
	}
	return k, nil
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := sm4.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Generate returns new random keys under the given setting names, one per use,
// for a demonstration or a new installation.
func Generate(fields, index, audit string) Settings {
	return Settings{
		Fields: Setting{fields, keytext.Text(keytext.Random("k1", fieldKeySize))},
		Index:  Setting{index, keytext.Text(keytext.Random("i1", macKeyMinSize))},
		Audit:  Setting{audit, keytext.Text(keytext.Random("a1", macKeyMinSize))},
	}
}
