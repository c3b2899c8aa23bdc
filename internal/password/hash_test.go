package password_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/password"
)

const good = "Liuyuan#2026-spring"

func TestHashAndVerify(t *testing.T) {
	h, ctx := password.NewHasher(2), t.Context()
	stored, err := h.Hash(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("stored as %s", stored)
	}
	if again, _ := h.Hash(ctx, good); again == stored {
		t.Error("two hashes share a salt")
	}
	for _, c := range []struct {
		given string
		want  bool
	}{{good, true}, {good + " ", false}, {strings.ToLower(good), false}, {"", false}} {
		if ok, err := h.Verify(ctx, c.given, stored); err != nil || ok != c.want {
			t.Errorf("%q: %v, %v", c.given, ok, err)
		}
	}
	if password.NeedsRehash(stored) {
		t.Error("a new hash needs hashing again")
	}
	if err := h.VerifyDummy(ctx, good); err != nil {
		t.Errorf("dummy: %v", err)
	}
}

// A hash made at an older cost, by the reference implementation, still verifies:
// echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32
const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

func TestVerifyReadsOlderHashes(t *testing.T) {
	h := password.NewHasher(1)
	if ok, err := h.Verify(t.Context(), "password", reference); err != nil || !ok {
		t.Errorf("reference vector: %v, %v", ok, err)
	}
	if !password.NeedsRehash(reference) {
		t.Error("an older cost is kept")
	}
}

func TestVerifyRefusesWhatIsNoHash(t *testing.T) {
	h := password.NewHasher(1)
	const salt, sum = "$AAAAAAAAAAAAAAAAAAAAAA", "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	for name, stored := range map[string]string{
		"empty":            "",
		"plain text":       good,
		"bcrypt":           "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
		"argon2i":          "$argon2i$v=19$m=19456,t=2,p=1" + salt + sum,
		"old version":      "$argon2id$v=16$m=19456,t=2,p=1" + salt + sum,
		"no cost":          "$argon2id$v=19$" + salt + sum,
		"trailing cost":    "$argon2id$v=19$m=19456,t=2,p=1,x=1" + salt + sum,
		"huge memory":      "$argon2id$v=19$m=4194304,t=2,p=1" + salt + sum,
		"many passes":      "$argon2id$v=19$m=19456,t=1000,p=1" + salt + sum,
		"no passes":        "$argon2id$v=19$m=19456,t=0,p=1" + salt + sum,
		"no threads":       "$argon2id$v=19$m=19456,t=2,p=0" + salt + sum,
		"threads overflow": "$argon2id$v=19$m=19456,t=2,p=256" + salt + sum,
		"no salt":          "$argon2id$v=19$m=19456,t=2,p=1$" + sum,
		"empty hash":       "$argon2id$v=19$m=19456,t=2,p=1" + salt + "$",
		"line end in salt": "$argon2id$v=19$m=19456,t=2,p=1" + salt + "\n" + sum,
	} {
		if ok, err := h.Verify(t.Context(), "", stored); ok || !errors.Is(err, password.ErrHash) {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
		if !password.NeedsRehash(stored) {
			t.Errorf("%s: kept", name)
		}
	}
}

func TestVerifySurvivesAnyStoredText(t *testing.T) {
	h := password.NewHasher(1)
	rapid.Check(t, func(t *rapid.T) {
		stored := rapid.OneOf(rapid.String(), rapid.StringMatching(`\$argon2id\$v=19\$m=[0-9]{1,3},t=[0-9]{1,3},p=[0-9]{1,3}\$[A-Za-z0-9+/]{0,24}\$[A-Za-z0-9+/]{0,24}`)).Draw(t, "stored")
		if ok, _ := h.Verify(context.Background(), "x", stored); ok {
			t.Fatal("matched")
		}
	})
}

func TestEndedContextGetsNoWork(t *testing.T) {
	h := password.NewHasher(1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(ctx, good); !errors.Is(err, context.Canceled) {
		t.Errorf("Hash: %v", err)
	}
	if _, err := h.Verify(ctx, "password", reference); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify: %v", err)
	}
	if err := h.VerifyDummy(ctx, good); !errors.Is(err, context.Canceled) {
		t.Errorf("VerifyDummy: %v", err)
	}
}

func BenchmarkVerifyDummy(b *testing.B) {
	h := password.NewHasher(1)
	b.ReportAllocs()
	for b.Loop() {
		_ = h.VerifyDummy(b.Context(), good)
	}
}
