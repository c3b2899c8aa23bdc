package seal_test

import (
	"bytes"
	"crypto/hmac"
	"encoding/hex"
	"testing"

	"github.com/emmansun/gmsm/sm3"
	"pgregory.net/rapid"

	"jiayi/internal/keytext"
	"jiayi/internal/seal"
)

// The vector of GB/T 32905 that domain §8.3 quotes.
func TestSM3Vector(t *testing.T) {
	const want = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
	if got := seal.SM3Hex([]byte("abc")); got != want {
		t.Errorf("SM3(abc) = %s", got)
	}
}

func TestBlindIndexSeparates(t *testing.T) {
	k, other := keyring(t, settings()), keyring(t, settings())
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringN(0, 8, -1)
		p1, v1 := text.Draw(r, "purpose"), text.Draw(r, "value")
		p2, v2 := text.Draw(r, "other purpose"), text.Draw(r, "other value")
		a := k.BlindIndex(p1, v1)
		if len(a) != seal.BlindIndexLen {
			r.Fatalf("length %d", len(a))
		}
		if a == other.BlindIndex(p1, v1) {
			r.Fatal("does not depend on the key")
		}
		if same := p1 == p2 && v1 == v2; (a == k.BlindIndex(p2, v2)) != same {
			r.Fatal("equal for different input, or different for equal input")
		}
	})
	if k.BlindIndex("ab", "c") == k.BlindIndex("a", "bc") {
		t.Error("purpose and value run into each other")
	}
}

// An index stored today must be found by tomorrow's program.
func TestBlindIndexIsStable(t *testing.T) {
	key := bytes.Repeat([]byte{7}, 32)
	s := settings()
	s.Index.Value = keytext.Text(keytext.Key{ID: "i1", Bytes: key})
	h := hmac.New(sm3.New, key)
	h.Write([]byte("\x00\x00\x00\x05phone13812341234"))
	if got, want := keyring(t, s).BlindIndex("phone", "13812341234"), hex.EncodeToString(h.Sum(nil)); got != want {
		t.Errorf("index %s, want %s", got, want)
	}
}

func TestMAC(t *testing.T) {
	s := settings()
	old := keyring(t, s)
	mac := old.MAC([]byte("row 1"))
	s.Audit.Value = keytext.Text(keytext.Random("a2", 32)) + "," + s.Audit.Value
	rotated, stranger := keyring(t, s), keyring(t, settings())
	for _, c := range []struct {
		name string
		k    *seal.Keyring
		data string
		mac  []byte
		want bool
	}{
		{"same key", old, "row 1", mac, true},
		{"older key", rotated, "row 1", mac, true},
		{"new key", rotated, "row 1", rotated.MAC([]byte("row 1")), true},
		{"changed row", old, "row 2", mac, false},
		{"cut code", old, "row 1", mac[:31], false},
		{"no code", old, "row 1", nil, false},
		{"unknown key", stranger, "row 1", mac, false},
	} {
		if got := c.k.CheckMAC([]byte(c.data), c.mac); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if len(mac) != 32 {
		t.Errorf("MAC of %d bytes", len(mac))
	}
}
