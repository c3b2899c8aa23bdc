package token_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"pgregory.net/rapid"

	"jiayi/internal/keytext"
	"jiayi/internal/token"
)

const issuer = "https://jiayi.example"

var (
	now    = time.Date(2026, 3, 5, 9, 30, 0, 0, time.UTC)
	key    = keytext.Random("k1", 32)
	wangLi = token.Claims{Account: "acc-1", Session: "ses-1", Audience: token.Staff}
)

func signer(t testing.TB, keys ...keytext.Key) *token.Signer {
	t.Helper()
	parsed, err := token.ParseKeys("TOKEN_KEYS", keytext.Text(keys...))
	if err != nil {
		t.Fatal(err)
	}
	s, err := token.NewSigner(parsed, issuer, token.DefaultLifetimes)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func issue(t testing.TB, s *token.Signer) string {
	t.Helper()
	signed, _, err := s.Issue(wangLi, now)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestVerifyReturnsWhatWasIssued(t *testing.T) {
	s := signer(t, key)
	rapid.Check(t, func(r *rapid.T) {
		id := rapid.StringMatching(`[0-9A-Za-z-]{1,36}`)
		want := token.Claims{
			Account: id.Draw(r, "account"), Session: id.Draw(r, "session"),
			Audience: rapid.SampledFrom([]token.Audience{token.Staff, token.Resident}).Draw(r, "audience"),
		}
		signed, life, err := s.Issue(want, now)
		if err != nil {
			r.Fatal(err)
		}
		want.IssuedAt, want.ExpiresAt = now, now.Add(life)
		if got, err := s.Verify(signed, want.Audience, now); err != nil || got != want {
			r.Fatalf("%+v, %v", got, err)
		}
	})
	if _, life, _ := s.Issue(wangLi, now); life != 15*time.Minute {
		t.Errorf("staff tokens live %v", life)
	}
	if _, life, _ := s.Issue(token.Claims{Account: "a", Session: "s", Audience: token.Resident}, now); life != 2*time.Hour {
		t.Errorf("resident tokens live %v", life)
	}
}

func TestVerifyAtTheEdgesOfTime(t *testing.T) {
	s := signer(t, key)
	signed := issue(t, s)
	end := now.Add(token.DefaultLifetimes.Staff)
	for _, c := range []struct {
		name string
		at   time.Time
		ok   bool
	}{
		{"too early", now.Add(-token.Leeway - time.Second), false},
		{"a little early", now.Add(-token.Leeway), true},
		{"last moment", end.Add(token.Leeway - time.Second), true},
		{"expired", end.Add(token.Leeway), false},
		{"long expired", end.AddDate(1, 0, 0), false},
	} {
		if _, err := s.Verify(signed, token.Staff, c.at); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// forge signs claims of our own choosing, starting from good ones.
func forge(t *testing.T, method jwt.SigningMethod, signWith any, edit func(header, claims map[string]any)) string {
	t.Helper()
	claims := jwt.MapClaims{
		"iss": issuer, "aud": []string{string(token.Staff)}, "sub": "acc-1", "sid": "ses-1",
		"iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(time.Minute).Unix(),
	}
	tok := jwt.NewWithClaims(method, claims)
	tok.Header["kid"] = key.ID
	edit(tok.Header, claims)
	signed, err := tok.SignedString(signWith)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestVerifyRefuses(t *testing.T) {
	s := signer(t, key)
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	keep := func(_, _ map[string]any) {}
	set := func(name string, value any) func(_, claims map[string]any) {
		return func(_, claims map[string]any) { claims[name] = value }
	}
	drop := func(name string) func(_, claims map[string]any) {
		return func(_, claims map[string]any) { delete(claims, name) }
	}
	head := func(name string, value any) func(header, _ map[string]any) {
		return func(header, _ map[string]any) { header[name] = value }
	}
	hs := func(edit func(header, claims map[string]any)) string {
		return forge(t, jwt.SigningMethodHS256, key.Bytes, edit)
	}
	good := issue(t, s)
	parts := strings.Split(good, ".")
	tampered := func(edit func(map[string]any)) string {
		raw, _ := base64.RawURLEncoding.DecodeString(parts[1])
		var claims map[string]any
		if err := json.Unmarshal(raw, &claims); err != nil {
			t.Fatal(err)
		}
		edit(claims)
		raw, _ = json.Marshal(claims)
		return parts[0] + "." + base64.RawURLEncoding.EncodeToString(raw) + "." + parts[2]
	}

	if _, err := s.Verify(hs(keep), token.Staff, now); err != nil {
		t.Fatalf("the unchanged forgery must pass, or the table proves nothing: %v", err)
	}
	for name, signed := range map[string]string{
		"alg none":                  forge(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, keep),
		"RS256 under a known kid":   forge(t, jwt.SigningMethodRS256, rsaKey, keep),
		"HS512 with the right key":  forge(t, jwt.SigningMethodHS512, key.Bytes, keep),
		"header says RS256":         hs(head("alg", "RS256")),
		"header says none":          hs(head("alg", "none")),
		"another key":               forge(t, jwt.SigningMethodHS256, keytext.Random("k1", 32).Bytes, keep),
		"unknown kid":               hs(head("kid", "k9")),
		"empty kid":                 hs(head("kid", "")),
		"kid is a number":           hs(head("kid", 1)),
		"no kid":                    hs(func(header, _ map[string]any) { delete(header, "kid") }),
		"wrong issuer":              hs(set("iss", "https://other.example")),
		"no issuer":                 hs(drop("iss")),
		"wrong audience":            hs(set("aud", []string{string(token.Resident)})),
		"both audiences":            hs(set("aud", []string{string(token.Staff), string(token.Resident)})),
		"no audience":               hs(drop("aud")),
		"expired":                   hs(set("exp", now.Add(-time.Minute).Unix())),
		"never expires":             hs(drop("exp")),
		"not yet valid":             hs(set("nbf", now.Add(time.Minute).Unix())),
		"no nbf":                    hs(drop("nbf")),
		"issued in the future":      hs(set("iat", now.Add(time.Minute).Unix())),
		"no iat":                    hs(drop("iat")),
		"no account":                hs(drop("sub")),
		"no session":                hs(set("sid", "")),
		"session is a number":       hs(set("sid", 7)),
		"payload: another account":  tampered(func(c map[string]any) { c["sub"] = "acc-2" }),
		"payload: longer life":      tampered(func(c map[string]any) { c["exp"] = now.AddDate(1, 0, 0).Unix() }),
		"signature cut":             good[:len(good)-2],
		"signature missing":         parts[0] + "." + parts[1] + ".",
		"two parts":                 parts[0] + "." + parts[1],
		"four parts":                good + "." + parts[2],
		"empty":                     "",
		"garbage":                   "not a token",
		"dots":                      "..",
		"with Bearer in front":      "Bearer " + good,
		"huge, though well signed":  hs(set("pad", strings.Repeat("x", 4096))),
		"huge garbage":              strings.Repeat("A", 10<<20),
		"many dots":                 strings.Repeat(".", 1<<20),
		"an opaque token":           func() string { o, _ := token.NewOpaque(); return o }(),
		"good, white space at ends": " " + good + " ",
	} {
		got, err := s.Verify(signed, token.Staff, now)
		if !errors.Is(err, token.ErrInvalid) || err.Error() != token.ErrInvalid.Error() || got != (token.Claims{}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	// 32 bytes leave two bits of the last character unused.
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
		last := len(good) - 1
		if _, err := s.Verify(good[:last]+string(c), token.Staff, now); c != good[last] && err == nil {
			t.Fatalf("last byte changed to %q verifies: two spellings of one token", c)
		}
	}
	for _, audience := range []token.Audience{token.Resident, "", "other"} {
		if _, err := s.Verify(good, audience, now); !errors.Is(err, token.ErrInvalid) {
			t.Errorf("a staff token opens the door %q: %v", audience, err)
		}
	}
}

func TestVerifySurvivesAnything(t *testing.T) {
	s := signer(t, key)
	good := issue(t, s)
	rapid.Check(t, func(r *rapid.T) {
		at := rapid.IntRange(0, len(good)-1).Draw(r, "at")
		with := rapid.Byte().Draw(r, "with")
		if with == good[at] {
			return
		}
		if _, err := s.Verify(good[:at]+string(rune(with))+good[at+1:], token.Staff, now); !errors.Is(err, token.ErrInvalid) {
			r.Fatalf("byte %d changed: %v", at, err)
		}
	})
}

func TestKeyRotation(t *testing.T) {
	next := keytext.Random("k2", 32)
	before, during, after := signer(t, key), signer(t, next, key), signer(t, next)
	old, fresh := issue(t, before), issue(t, during)
	for _, c := range []struct {
		name   string
		s      *token.Signer
		signed string
		ok     bool
	}{
		{"old token while both keys live", during, old, true},
		{"new token while both keys live", during, fresh, true},
		{"old token after the old key is gone", after, old, false},
		{"new token after the old key is gone", after, fresh, true},
		{"new token before the rotation", before, fresh, false},
	} {
		if _, err := c.s.Verify(c.signed, token.Staff, now); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestIssueNeedsEveryClaim(t *testing.T) {
	s := signer(t, key)
	for name, c := range map[string]token.Claims{
		"no account":       {Session: "s", Audience: token.Staff},
		"no session":       {Account: "a", Audience: token.Staff},
		"no audience":      {Account: "a", Session: "s"},
		"unknown audience": {Account: "a", Session: "s", Audience: "other"},
	} {
		if signed, _, err := s.Issue(c, now); !errors.Is(err, token.ErrIncomplete) || signed != "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestConfiguration(t *testing.T) {
	if _, err := token.ParseKeys("TOKEN_KEYS", keytext.Text(keytext.Random("k1", 31))); err == nil || !strings.Contains(err.Error(), "TOKEN_KEYS") {
		t.Errorf("a short key: %v", err)
	}
	keys, err := token.ParseKeys("TOKEN_KEYS", token.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	for name, build := range map[string]func() (*token.Signer, error){
		"no keys":     func() (*token.Signer, error) { return token.NewSigner(token.Keys{}, issuer, token.DefaultLifetimes) },
		"no issuer":   func() (*token.Signer, error) { return token.NewSigner(keys, "", token.DefaultLifetimes) },
		"no lifetime": func() (*token.Signer, error) { return token.NewSigner(keys, issuer, token.Lifetimes{Staff: time.Hour}) },
	} {
		if _, err := build(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestOpaque(t *testing.T) {
	a, hashA := token.NewOpaque()
	b, hashB := token.NewOpaque()
	if a == b || hashA == hashB {
		t.Error("not random")
	}
	if len(a) != token.OpaqueLen || len(hashA) != 64 || token.HashOpaque(a) != hashA || strings.Contains(hashA, a) {
		t.Errorf("token of %d, hash of %d characters", len(a), len(hashA))
	}
}

func BenchmarkVerify(b *testing.B) {
	s := signer(b, key)
	signed := issue(b, s)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Verify(signed, token.Staff, now); err != nil {
			b.Fatal(err)
		}
	}
}
