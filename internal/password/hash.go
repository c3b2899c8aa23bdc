// Package password keeps staff passwords: argon2id hashes in PHC string form, and
// the policy a new password must meet (domain §8.2).
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
)

// The cost of one hash: the second choice of the OWASP password storage cheat
// sheet. 19 MiB is dear to attack on a graphics card and lets a small server
// check several log-ins at once.
const (
	MemoryKiB   = 19456 // m
	Passes      = 2     // t
	Parallelism = 1     // p
)

const (
	saltLen = 16
	hashLen = 32
)

// A stored hash dearer than this is refused rather than computed, so that a
// tampered row cannot exhaust the server.
const (
	maxMemoryKiB = 4 * MemoryKiB
	maxPasses    = 5 * Passes
	maxHashLen   = 64
)

// ErrHash is a stored text that is not an argon2id PHC string within bounds.
var ErrHash = errors.New("password: not a usable argon2id hash")

// Hasher hashes and verifies passwords, at most a fixed number at a time because
// each takes MemoryKiB. It is safe for concurrent use.
type Hasher struct {
	slots *semaphore.Weighted
	dummy phc
}

// NewHasher returns a Hasher that works on at most concurrent passwords at once.
func NewHasher(concurrent int) *Hasher {
	// A random hash is the hash of no password anyone could find.
	dummy := phc{memory: MemoryKiB, passes: Passes, threads: Parallelism, salt: random(saltLen), hash: random(hashLen)}
	return &Hasher{slots: semaphore.NewWeighted(int64(max(concurrent, 1))), dummy: dummy}
}

// Hash returns the PHC string to store. Its only error is that ctx ended while
// waiting for a turn.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	p := phc{memory: MemoryKiB, passes: Passes, threads: Parallelism, salt: random(saltLen)}
	var err error
	if p.hash, err = h.derive(ctx, password, p, hashLen); err != nil {
		return "", err
	}
	return p.String(), nil
}

// Verify tells in constant time whether password is the one that was hashed. It
// returns ErrHash for a stored text it cannot use, or the end of ctx.
func (h *Hasher) Verify(ctx context.Context, password, stored string) (bool, error) {
	p, err := parsePHC(stored)
	if err != nil {
		return false, err
	}
	return h.verify(ctx, password, p)
}

// VerifyDummy costs what Verify costs and never matches. A log-in calls it for an
// unknown user name, so that the time taken does not tell which names exist.
func (h *Hasher) VerifyDummy(ctx context.Context, password string) error {
	_, err := h.verify(ctx, password, h.dummy)
	return err
}

func (h *Hasher) verify(ctx context.Context, password string, p phc) (bool, error) {
	got, err := h.derive(ctx, password, p, len(p.hash))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, p.hash) == 1, nil
}

func (h *Hasher) derive(ctx context.Context, password string, p phc, size int) ([]byte, error) {
	// Acquire prefers a free slot to an ended context; a caller that is gone gets no work.
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := h.slots.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer h.slots.Release(1)
	return argon2.IDKey([]byte(password), p.salt, p.passes, p.memory, p.threads, uint32(size)), nil // #nosec G115 -- size is at most maxHashLen
}

// NeedsRehash tells whether a stored hash was made at another cost than today's,
// so that the next successful log-in should hash again.
func NeedsRehash(stored string) bool {
	p, err := parsePHC(stored)
	return err != nil || p.memory != MemoryKiB || p.passes != Passes || p.threads != Parallelism ||
		len(p.hash) != hashLen || len(p.salt) != saltLen
}

// phc is a parsed "$argon2id$v=19$m=…,t=…,p=…$salt$hash".
type phc struct {
	memory, passes uint32
	threads        uint8
	salt, hash     []byte
}

var phcEncoding = base64.RawStdEncoding.Strict()

// String writes the PHC form.
func (p phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		p.memory, p.passes, p.threads, phcEncoding.EncodeToString(p.salt), phcEncoding.EncodeToString(p.hash))
}

func parsePHC(s string) (phc, error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return phc{}, ErrHash
	}
	var p phc
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.threads); err != nil {
		return phc{}, ErrHash
	}
	var saltErr, hashErr error
	p.salt, saltErr = phcEncoding.DecodeString(parts[4])
	p.hash, hashErr = phcEncoding.DecodeString(parts[5])
	switch {
	case saltErr != nil, hashErr != nil,
		p.String() != s, // anything Sscanf or base64 let pass
		p.memory < 8*uint32(p.threads), p.memory > maxMemoryKiB,
		p.passes < 1, p.passes > maxPasses, p.threads < 1,
		len(p.salt) < 8, len(p.hash) < 16, len(p.hash) > maxHashLen:
		return phc{}, ErrHash
	}
	return p, nil
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // crypto/rand never fails: it ends the program instead
	return b
}
