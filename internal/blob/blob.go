// Package blob keeps files by the hash of their content: in a folder that every replica
// shares, or in a store that speaks S3.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
)

// Store keeps contents. The same content is kept once; what is not there is ErrNotFound, and
// what comes back other than it was is ErrDamaged.
type Store interface {
	// Put keeps the content and returns its hash.
	Put(ctx context.Context, content []byte) (hash string, err error)
	// Get returns the content of a hash.
	Get(ctx context.Context, hash string) ([]byte, error)
	// Delete removes a content; one that is not there is no error.
	Delete(ctx context.Context, hash string) error
}

// ErrNotFound is the answer for a hash nothing is kept under, and for what is no hash.
var ErrNotFound = errors.New("blob: nothing is kept under this hash")

// ErrDamaged is the answer when the content does not have the hash it is kept under.
var ErrDamaged = errors.New("blob: the content is not what was kept")

// Hash is the SHA-256 of a content in hexadecimal.
func Hash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

var hashFormat = regexp.MustCompile(`^[0-9a-f]{64}$`)

// checked returns the content if it has the hash.
func checked(content []byte, hash string) ([]byte, error) {
	if Hash(content) != hash {
		return nil, ErrDamaged
	}
	return content, nil
}
