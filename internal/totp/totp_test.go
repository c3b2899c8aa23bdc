package totp_test

import (
	"encoding/base32"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiayi/internal/totp"
)

// The secret of RFC 6238, appendix B; its eight-digit codes end in these six.
var rfcSecret = base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))

func TestRFC6238Vectors(t *testing.T) {
	for unix, want := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471",
		1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		if got, err := totp.Code(rfcSecret, time.Unix(unix, 0)); err != nil || got != want {
			t.Errorf("at %d: %s, %v", unix, got, err)
		}
		if step, ok, err := totp.Verify(rfcSecret, want, time.Unix(unix, 0)); err != nil || !ok || step != unix/30 {
			t.Errorf("at %d: step %d, %v, %v", unix, step, ok, err)
		}
	}
}

func TestVerifyWindow(t *testing.T) {
	made := time.Unix(1_800_000_000, 0) // the first second of a step
	code, err := totp.Code(rfcSecret, made)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		after time.Duration
		want  bool
	}{
		{"two steps early", -31 * time.Second, false},
		{"one step early, first second", -30 * time.Second, true},
		{"one step early, last second", -1 * time.Second, true},
		{"at once", 0, true},
		{"end of its step", 29 * time.Second, true},
		{"one step late, last second", 59 * time.Second, true},
		{"two steps late", 60 * time.Second, false},
	} {
		step, ok, err := totp.Verify(rfcSecret, code, made.Add(c.after))
		if err != nil || ok != c.want {
			t.Errorf("%s: %v, %v", c.name, ok, err)
		}
		if ok && step != made.Unix()/30 {
			t.Errorf("%s: step %d is not the one of the code, so a replay passes", c.name, step)
		}
	}
}

func TestVerifyCodes(t *testing.T) {
	at := time.Unix(59, 0)
	for code, want := range map[string]bool{
		"287082": true, "287 082": true, " 287082 ": true,
		"287083": false, "": false, "28708": false, "2870820": false, "94287082": false, "abcdef": false, "２８７０８２": false,
	} {
		if _, ok, err := totp.Verify(rfcSecret, code, at); err != nil || ok != want {
			t.Errorf("%q: %v, %v", code, ok, err)
		}
	}
	const bad = "not base32 !"
	if _, ok, err := totp.Verify(bad, "287082", at); ok || !errors.Is(err, totp.ErrSecret) || strings.Contains(err.Error(), bad) {
		t.Errorf("bad secret: %v, %v", ok, err)
	}
}

func TestNewSecret(t *testing.T) {
	s, err := totp.NewSecret("家医", "wang.li")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/家医:wang.li" ||
		u.Query().Get("secret") != s.Base32 || u.Query().Get("issuer") != "家医" {
		t.Error("the address does not carry issuer, account and secret")
	}
	if len(s.Base32) != 32 {
		t.Errorf("secret of %d characters", len(s.Base32))
	}
	if other, _ := totp.NewSecret("家医", "wang.li"); other.Base32 == s.Base32 {
		t.Error("not random")
	}
	if _, err := totp.NewSecret("", ""); err == nil {
		t.Error("nameless secret")
	}
}

func TestCodeVerifies(t *testing.T) {
	s, err := totp.NewSecret("家医", "wang.li")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1_700_000_000, 4_000_000_000).Draw(t, "now"), 0)
		code, err := totp.Code(s.Base32, now)
		if err != nil || len(code) != 6 {
			t.Fatalf("code of %d digits, %v", len(code), err)
		}
		if _, ok, err := totp.Verify(s.Base32, code, now); err != nil || !ok {
			t.Fatalf("%v, %v", ok, err)
		}
	})
}
