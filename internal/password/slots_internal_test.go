package password

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
)

// With every slot taken a hash waits, and stops waiting when its context ends.
func TestSlotsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := NewHasher(2)
		if err := h.slots.Acquire(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
		if h.slots.TryAcquire(1) {
			t.Fatal("a third slot")
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- h.VerifyDummy(ctx, "x") }()
		synctest.Wait()
		select {
		case err := <-done:
			t.Fatalf("did not wait for a slot: %v", err)
		default:
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("after the context ended: %v", err)
		}
		h.slots.Release(2)
		if err := h.VerifyDummy(t.Context(), "x"); err != nil {
			t.Fatal(err)
		}
		if !h.slots.TryAcquire(2) {
			t.Error("a slot was not given back")
		}
	})
}

func TestWeakListIsInLowerCase(t *testing.T) {
	if len(weak) < 100 {
		t.Fatalf("%d entries", len(weak))
	}
	for word := range weak {
		if strings.ToLower(word) != word {
			t.Errorf("%q can never match", word)
		}
	}
}
