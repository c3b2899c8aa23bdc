package keytext_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/keytext"
)

func TestParse(t *testing.T) {
	b16 := base64.StdEncoding.EncodeToString([]byte("0123456789abcdef"))
	other := base64.RawURLEncoding.EncodeToString([]byte("\xff\xfe\xfd3456789abcdef"))
	for _, c := range []struct {
		name, text string
		want       string // ids joined by space, or the error after the setting
	}{
		{"one", "k1:" + b16, "k1"},
		{"two, current first", "k2:" + other + ",k1:" + b16, "k2 k1"},
		{"spaces around entries", " k2:" + other + " , k1:" + b16 + "\n", "k2 k1"},
		{"longest id", strings.Repeat("a", 32) + ":" + b16, strings.Repeat("a", 32)},
		{"empty", "", "no key given"},
		{"blank", " \n", "no key given"},
		{"no id", b16, "key 1: not of the form"},
		{"empty id", ":" + b16, "key 1: the id must be"},
		{"id too long", strings.Repeat("a", 33) + ":" + b16, "key 1: the id must be"},
		{"dot in id", "k.1:" + b16, "key 1: the id must be"},
		{"not base64", "k1:***", "key 1: not base64"},
		{"too short", "k1:" + base64.StdEncoding.EncodeToString(make([]byte, 15)), "key 1: must be 16 bytes long"},
		{"too long", "k1:" + base64.StdEncoding.EncodeToString(make([]byte, 17)), "key 1: must be 16 bytes long"},
		{"same id", "k1:" + b16 + ",k1:" + other, "key 2: this id was already used"},
		{"same key", "k1:" + b16 + ",k2:" + b16, "key 2: this key was already given"},
		{"trailing comma", "k1:" + b16 + ",", "key 2: not of the form"},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys, err := keytext.Parse("APP_KEYS", c.text, 16, 16)
			if err != nil {
				var e *keytext.Error
				if !errors.As(err, &e) || e.Setting != "APP_KEYS" || !strings.Contains(err.Error(), c.want) {
					t.Fatalf("error %v, want %q", err, c.want)
				}
				return
			}
			ids := make([]string, len(keys))
			for i, k := range keys {
				ids[i] = k.ID
			}
			if got := strings.Join(ids, " "); got != c.want {
				t.Fatalf("ids %q, want %q", got, c.want)
			}
		})
	}
}

func TestErrorsAndFormattingHideTheKey(t *testing.T) {
	const secret = "c2VjcmV0LXNlY3JldA"
	for _, text := range []string{secret, "k1:" + secret, "k1:" + secret + "*", secret + ":" + secret} {
		if _, err := keytext.Parse("APP_KEYS", text, 16, 16); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("error %v", err)
		}
	}
	key := keytext.Key{ID: "k1", Bytes: []byte("secret-secret")}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		if got := fmt.Sprintf(verb, key); got != "key k1" {
			t.Errorf("%s prints %q", verb, got)
		}
	}
}

func TestTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var keys []keytext.Key
		for i := range rapid.IntRange(1, 5).Draw(t, "keys") {
			keys = append(keys, keytext.Random(fmt.Sprint("k", i), 32))
		}
		got, err := keytext.Parse("APP_KEYS", keytext.Text(keys...), 32, 64)
		if err != nil || len(got) != len(keys) {
			t.Fatalf("%d keys, %v", len(got), err)
		}
		for i := range keys {
			if got[i].ID != keys[i].ID || string(got[i].Bytes) != string(keys[i].Bytes) {
				t.Fatalf("key %d changed", i)
			}
		}
	})
}
