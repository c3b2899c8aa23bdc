package seal_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/keytext"
	"jiayi/internal/seal"
)

const place = "resident.id_number/42"

func settings() seal.Settings { return seal.Generate("SEAL_KEYS", "INDEX_KEY", "AUDIT_KEYS") }

func keyring(t testing.TB, s seal.Settings) *seal.Keyring {
	t.Helper()
	k, err := seal.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func mustSeal(t testing.TB, k *seal.Keyring, plain string) string {
	t.Helper()
	sealed, err := k.Seal(plain, place)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestOpenReturnsWhatWasSealed(t *testing.T) {
	k := keyring(t, settings())
	rapid.Check(t, func(r *rapid.T) {
		plain := rapid.String().Draw(r, "plain")
		aad := rapid.StringN(1, -1, -1).Draw(r, "aad")
		sealed, err := k.Seal(plain, aad)
		if err != nil {
			r.Fatal(err)
		}
		if got, err := k.Open(sealed, aad); err != nil || got != plain {
			r.Fatalf("opened %q, %v", got, err)
		}
		if want := seal.SealedLen(len("k1"), len(plain)); len(sealed) != want {
			r.Fatalf("length %d, want %d", len(sealed), want)
		}
		if again, _ := k.Seal(plain, aad); again == sealed {
			r.Fatal("sealing twice gave the same text")
		}
		if _, err := k.Open(sealed, aad+"x"); !errors.Is(err, seal.ErrBroken) {
			r.Fatalf("opened in another place: %v", err)
		}
	})
}

// Every single changed character of a sealed value must be noticed.
func TestOpenRefusesEveryChange(t *testing.T) {
	k := keyring(t, settings())
	sealed := mustSeal(t, k, "370403195503120017")
	for i := range len(sealed) {
		for _, c := range []byte("A-\n.") {
			if sealed[i] == c {
				continue
			}
			changed := sealed[:i] + string(c) + sealed[i+1:]
			if got, err := k.Open(changed, place); err == nil {
				t.Fatalf("byte %d changed to %q opens as %q", i, c, got)
			}
		}
	}
	// 46 bytes leave four bits of the last character unused.
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
		last := len(sealed) - 1
		if _, err := k.Open(sealed[:last]+string(c), place); c != sealed[last] && err == nil {
			t.Fatalf("last byte changed to %q opens: two spellings of one value", c)
		}
	}
	for name, broken := range map[string]string{
		"empty": "", "plain": "13812341234", "no body": "k1.", "short": "k1.AAAA",
		"appended": sealed + "A", "line end": sealed + "\n", "cut": sealed[:len(sealed)-1],
	} {
		if _, err := k.Open(broken, place); !errors.Is(err, seal.ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestContextIsRequired(t *testing.T) {
	k := keyring(t, settings())
	if _, err := k.Seal("x", ""); !errors.Is(err, seal.ErrNoContext) {
		t.Errorf("Seal: %v", err)
	}
	if _, err := k.Open(mustSeal(t, k, "x"), ""); !errors.Is(err, seal.ErrNoContext) {
		t.Errorf("Open: %v", err)
	}
}

func TestRotation(t *testing.T) {
	s := settings()
	before := keyring(t, s)
	old := mustSeal(t, before, "13812341234")

	oldKeys := s.Fields.Value
	s.Fields.Value = keytext.Text(keytext.Random("k2", 16)) + "," + oldKeys
	after := keyring(t, s)
	if seal.KeyID(old) != "k1" || before.NeedsReseal(old) || !after.NeedsReseal(old) {
		t.Error("a value of the old key is not seen as such")
	}
	plain, err := after.Open(old, place)
	if err != nil || plain != "13812341234" {
		t.Fatalf("opened %q, %v", plain, err)
	}
	resealed := mustSeal(t, after, plain)
	if seal.KeyID(resealed) != after.CurrentKeyID() || after.NeedsReseal(resealed) {
		t.Error("sealed again, but not under the current key")
	}
	if _, err := before.Open(resealed, place); !errors.Is(err, seal.ErrUnknownKey) {
		t.Errorf("opened without the key: %v", err)
	}
	if seal.KeyID("13812341234") != "" || !after.NeedsReseal("13812341234") {
		t.Error("a plain value passes for a sealed one")
	}
}

func TestKeyringIsConcurrent(t *testing.T) {
	k := keyring(t, settings())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			plain := fmt.Sprint("138123412", i)
			for range 50 {
				sealed, err := k.Seal(plain, place)
				if got, openErr := k.Open(sealed, place); err != nil || openErr != nil || got != plain {
					t.Errorf("opened %q: %v, %v", got, err, openErr)
				}
				if a, b := k.BlindIndex("phone", plain), k.BlindIndex("phone", plain); a != b {
					t.Error("blind index changed")
				}
				if !k.CheckMAC([]byte(plain), k.MAC([]byte(plain))) {
					t.Error("MAC does not verify")
				}
			}
		})
	}
	wg.Wait()
}

func TestNewNamesTheSettingButNotTheKey(t *testing.T) {
	const secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQ"
	for _, c := range []struct {
		name string
		edit func(*seal.Settings)
		want string
	}{
		{"field key of the wrong size", func(s *seal.Settings) { s.Fields.Value = "k1:" + secret }, "SEAL_KEYS"},
		{"no field key", func(s *seal.Settings) { s.Fields.Value = "" }, "SEAL_KEYS"},
		{"short index key", func(s *seal.Settings) { s.Index.Value = "i1:" + secret }, "INDEX_KEY"},
		{"two index keys", func(s *seal.Settings) { s.Index.Value += "," + keytext.Text(keytext.Random("i2", 32)) }, "INDEX_KEY"},
		{"short audit key", func(s *seal.Settings) { s.Audit.Value = "a1:" + secret }, "AUDIT_KEYS"},
		{"audit key is the index key", func(s *seal.Settings) { s.Audit.Value = s.Index.Value }, "AUDIT_KEYS"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := settings()
			c.edit(&s)
			_, err := seal.New(s)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), secret) {
				t.Fatalf("error %v, want one that names %s", err, c.want)
			}
			if text := fmt.Sprintf("%v %+v %#v", s, s, s); strings.Contains(text, secret) {
				t.Fatal("formatting the settings shows a key")
			}
		})
	}
}

func BenchmarkSeal(b *testing.B) {
	k := keyring(b, settings())
	b.ReportAllocs()
	for b.Loop() {
		_, _ = k.Seal("370403195503120017", place)
	}
}

func BenchmarkOpen(b *testing.B) {
	k := keyring(b, settings())
	sealed := mustSeal(b, k, "370403195503120017")
	b.ReportAllocs()
	for b.Loop() {
		_, _ = k.Open(sealed, place)
	}
}

func BenchmarkBlindIndex(b *testing.B) {
	k := keyring(b, settings())
	b.ReportAllocs()
	for b.Loop() {
		_ = k.BlindIndex("id_number", "370403195503120017")
	}
}
