package seal_test

import (
	"encoding/base64"
	"encoding/hex"
	"testing"

	"jiayi/internal/keytext"
)

// The SM4-GCM vector of RFC 8998, appendix A.1: a sealed value written by any
// other correct implementation opens here.
func TestSM4GCMVector(t *testing.T) {
	unhex := func(s string) []byte {
		b, err := hex.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	s := settings()
	s.Fields.Value = keytext.Text(keytext.Key{ID: "k1", Bytes: unhex("0123456789abcdeffedcba9876543210")})
	sealed := unhex("00001234567800000000abcd" +
		"17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735" +
		"d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d" +
		"83de3541e4c2b58177e065a9bf7b62ec")
	want := "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd" +
		"eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
	aad := string(unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
	got, err := keyring(t, s).Open("k1."+base64.RawURLEncoding.EncodeToString(sealed), aad)
	if err != nil || hex.EncodeToString([]byte(got)) != want {
		t.Errorf("opened %x, %v", got, err)
	}
}
