package seal

import (
	"crypto/hmac"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"sync"

	"github.com/emmansun/gmsm/sm3"
)

// BlindIndexLen is the length of every blind index, in characters.
const BlindIndexLen = 2 * sm3.Size

// macKey computes HMAC-SM3 under one key, keeping the keyed state between calls.
type macKey struct{ pool sync.Pool }

func newMACKey(key []byte) *macKey {
	return &macKey{pool: sync.Pool{New: func() any { return hmac.New(sm3.New, key) }}}
}

func (m *macKey) sum(parts ...[]byte) []byte {
	h := m.pool.Get().(hash.Hash)
	defer m.pool.Put(h)
	h.Reset()
	for _, p := range parts {
		_, _ = h.Write(p) // a hash never fails to write
	}
	return h.Sum(make([]byte, 0, sm3.Size))
}

// BlindIndex is a keyed fingerprint of a normalised value, for exact search of a
// sealed field: HMAC-SM3 in hex, BlindIndexLen characters. The same value has
// unrelated indexes for different purposes ("id_number", "phone"), so columns
// cannot be joined on it. The caller normalises first (upper-case X, no spaces).
func (k *Keyring) BlindIndex(purpose, normalised string) string {
	// The length in front keeps ("ab","c") and ("a","bc") apart.
	prefix := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(purpose)), uint32(len(purpose))) // #nosec G115 -- purposes are short literals
	return hex.EncodeToString(k.index.sum(append(prefix, purpose...), []byte(normalised)))
}

// MAC is the HMAC-SM3 of data under the current audit key, 32 bytes. A chain
// passes the previous row's MAC in front of the row's own bytes.
func (k *Keyring) MAC(data []byte) []byte { return k.audit[0].sum(data) }

// CheckMAC tells in constant time whether mac is the MAC of data under the
// current or an older audit key.
func (k *Keyring) CheckMAC(data, mac []byte) bool {
	ok := false
	for _, key := range k.audit {
		ok = hmac.Equal(key.sum(data), mac) || ok
	}
	return ok
}

// SM3Hex is the unkeyed SM3 digest of data in lower-case hex, 64 characters. It
// is for public texts and random tokens: values that can be guessed need BlindIndex.
func SM3Hex(data []byte) string {
	sum := sm3.Sum(data)
	return hex.EncodeToString(sum[:])
}
