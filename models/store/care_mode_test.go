package store_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// The choice lies with the account: another session of it has it, another account has not.
func TestCareModeGoesWithTheAccount(t *testing.T) {
	d := newDesk(t)
	wechat := func(openid string) store.View {
		in, err := d.As(public).SignInWechat(t.Context(), openid)
		if err != nil {
			t.Fatal(err)
		}
		return d.holder(in)
	}
	staff := func(username string) store.View {
		actor, err := d.identify(d.signIn(username))
		if err != nil {
			t.Fatal(err)
		}
		return d.As(actor)
	}
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	d.account("qian", models.Doctor, storetest.WestDoctor)
	for name, of := range map[string]struct {
		own, other func() store.View
	}{
		"a resident":        {func() store.View { return wechat("openid-qiang") }, func() store.View { return wechat("openid-mei") }},
		"a member of staff": {func() store.View { return staff("zhou") }, func() store.View { return staff("qian") }},
	} {
		for _, mode := range []models.CareMode{models.CareOn, models.CareOff, models.CareFollows, models.CareOn} {
			if got, err := of.own().SetCareMode(t.Context(), mode); err != nil || got != mode {
				t.Errorf("%s: %q, %v", name, got, err)
			}
			if me, err := of.own().Me(t.Context()); err != nil || me.CareMode != mode {
				t.Errorf("%s signed in again: %q, %v", name, me.CareMode, err)
			}
		}
		if me, err := of.other().Me(t.Context()); err != nil || me.CareMode != models.CareFollows {
			t.Errorf("beside %s: %q, %v", name, me.CareMode, err)
		}
	}
}
