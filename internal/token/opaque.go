package token

import (
	"crypto/rand"
	"encoding/base64"

	"jiayi/internal/seal"
)

// OpaqueLen is the length of every opaque token in characters: 256 random bits.
const OpaqueLen = 43

// NewOpaque returns a random token for the client and its hash for the database.
// Only the client ever holds the token.
func NewOpaque() (token, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails: it ends the program instead
	token = base64.RawURLEncoding.EncodeToString(b[:])
	return token, HashOpaque(token)
}

// HashOpaque is the SM3 hash to look an opaque token up by, 64 characters. 256
// random bits cannot be guessed, so no salt or slow hash is needed.
func HashOpaque(token string) string { return seal.SM3Hex([]byte(token)) }
