package password_test

import (
	"testing"

	"jiayi/internal/password"
)

func TestOneTimePasswordsMeetThePolicy(t *testing.T) {
	strict := password.DefaultPolicy
	strict.MinClasses = 4
	seen := map[string]bool{}
	for range 1000 {
		p := password.OneTime()
		if w := strict.Check("zhou.min", p); len(w) > 0 || seen[p] {
			t.Fatalf("weak or repeated: %v", w)
		}
		seen[p] = true
	}
}
