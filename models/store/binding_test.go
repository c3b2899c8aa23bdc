package store_test

import (
	"errors"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/internal/totp"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func totpSecret(base32 string) totp.Secret { return totp.Secret{Base32: base32} }

// phoneOf is a resident's phone in the small district.
func phoneOf(id models.ID) string { return "1990000000" + id.String() }

// wechat signs a holder in, with a verified phone unless it is "".
func (d desk) wechat(openid, phone string) (store.SignIn, store.View) {
	d.t.Helper()
	in, err := d.As(public).SignInWechat(d.t.Context(), openid)
	if err != nil {
		d.t.Fatal(err)
	}
	if phone != "" {
		if _, err := d.holder(in).SetWechatPhone(d.t.Context(), phone); err != nil {
			d.t.Fatal(err)
		}
	}
	return in, d.holder(in)
}

// holder is the store as the holder of the session sees it now.
func (d desk) holder(in store.SignIn) store.View {
	d.t.Helper()
	a, err := d.identify(in)
	if err != nil {
		d.t.Fatal(err)
	}
	return d.As(a)
}

// idNumber is the ID number of a resident of the small district.
func (d desk) idNumber(id models.ID) string {
	d.t.Helper()
	male := map[models.ID]int{storetest.ZhangQiang: 1, storetest.LiDashan: 1}
	born := map[models.ID]string{storetest.ZhangQiang: "1984-07-01", storetest.LiuFang: "1986-02-14", storetest.WangMei: "1996-05-05",
		storetest.LiDashan: storetest.Today.AddDays(1).AddYears(-65).String()}
	return storetest.IDNumber(calendar.MustDate(born[id]), 100+2*int(id)+male[id])
}

func TestOneOpenIDOneAccount(t *testing.T) {
	d := newDesk(t)
	ids := make(chan models.ID, 8)
	for _, err := range race(8, func() error {
		in, err := d.As(public).SignInWechat(t.Context(), "openid-qiang")
		ids <- in.WechatID
		return err
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	first := <-ids
	for range 7 {
		if id := <-ids; id != first || id == 0 {
			t.Errorf("accounts %d and %d", first, id)
		}
	}
}

func TestBindByThreeAgreements(t *testing.T) {
	d := newDesk(t)
	in, v := d.wechat("openid-qiang", phoneOf(storetest.ZhangQiang))
	if a, _ := d.identify(in); a.ResidentID != 0 || a.Role != models.ResidentRole {
		t.Fatalf("the phone alone bound somebody: %+v", a)
	}
	if err := v.Bind(t.Context(), "张强", d.idNumber(storetest.ZhangQiang)); err != nil {
		t.Fatal(err)
	}
	a, err := d.identify(in)
	if err != nil || a.ResidentID != storetest.ZhangQiang {
		t.Errorf("%+v, %v", a, err)
	}
	again, _ := d.wechat("openid-qiang", "")
	if !again.Bound {
		t.Error("the next sign-in does not tell that it is bound")
	}
	wantCode(t, d.holder(in).Bind(t.Context(), "张强", d.idNumber(storetest.ZhangQiang)), "already_bound")
}

func TestWardsOfTheActor(t *testing.T) {
	d := newDesk(t)
	today := storetest.Today
	row := func(ward models.ID, active *bool, begin, end models.Date) models.Guardian {
		return models.Guardian{GuardianID: storetest.ZhangQiang, WardID: ward, Active: active, Relation: "20", Consent: "minor", Begin: begin, End: end}
	}
	err := d.Load(t.Context(), func(l *store.Loader) error {
		return l.Insert([]models.Guardian{
			row(storetest.ZhangXiaobao, new(true), today, today), row(storetest.ZhangXiaoyu, new(true), today.AddDays(1), today.AddDays(9)),
			row(storetest.ZhangXiuying, nil, today, today), row(storetest.LiuFang, new(true), today.AddDays(-9), today.AddDays(-1)),
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	in, v := d.wechat("openid-qiang", phoneOf(storetest.ZhangQiang))
	if err := v.Bind(t.Context(), "张强", d.idNumber(storetest.ZhangQiang)); err != nil {
		t.Fatal(err)
	}
	if a, err := d.identify(in); err != nil || len(a.WardIDs) != 1 || a.WardIDs[0] != storetest.ZhangXiaobao {
		t.Errorf("%+v, %v", a, err)
	}
	me, err := d.holder(in).Me(t.Context())
	if err != nil || me.Resident.Name != "张强" || len(me.Wards) != 1 || me.Wards[0].Name != "张小宝" {
		t.Errorf("%+v, %v", me, err)
	}
}

// Whatever part is wrong, the answer is the same, and too many of them lock.
func TestBindingTellsNothing(t *testing.T) {
	d := newDesk(t)
	qiang := d.idNumber(storetest.ZhangQiang)
	unknown := storetest.IDNumber(storetest.Today.AddYears(-30), 777)
	_, v := d.wechat("openid-curious", phoneOf(storetest.ZhangQiang))
	_, other := d.wechat("openid-other", "19900009999")
	var texts []string
	for _, err := range []error{
		v.Bind(t.Context(), "张弓", qiang), v.Bind(t.Context(), "张强", unknown), other.Bind(t.Context(), "张强", qiang),
		v.Bind(t.Context(), "刘芳", d.idNumber(storetest.LiuFang)), v.Bind(t.Context(), "刘芳", unknown), v.Bind(t.Context(), "刘芳", unknown),
	} {
		wantCode(t, err, "not_on_file")
		texts = append(texts, err.Error())
		var e *models.Error
		if errors.As(err, &e) && (e.Kind != models.NotFound || len(e.Fields) > 0 || len(e.Details) > 0) {
			t.Errorf("%+v", e)
		}
	}
	for _, s := range texts {
		if s != texts[0] {
			t.Error("the answers differ")
		}
	}
	wantCode(t, v.Bind(t.Context(), "张强", qiang), "locked")
	d.clock.Add(models.LockFor)
	if err := v.Bind(t.Context(), "张强", qiang); err != nil {
		t.Error(err)
	}
}

func TestBindingNeedsPhoneAndAPossibleNumber(t *testing.T) {
	d := newDesk(t)
	_, v := d.wechat("openid-qiang", "")
	wantCode(t, v.Bind(t.Context(), "张强", d.idNumber(storetest.ZhangQiang)), "phone_required")
	for range models.LockAfter + 1 {
		wantCode(t, v.Bind(t.Context(), "张强", "370499198407010000"), "invalid") // not counted: nothing was looked up
	}
}

func TestBindingThroughTheTeam(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	if _, err := d.As(storetest.Manager).UpdateResident(ctx, storetest.LiDashan, 1, store.ResidentPatch{Phone: new("")}); err != nil {
		t.Fatal(err)
	}
	number := d.idNumber(storetest.LiDashan)
	in, v := d.wechat("openid-dashan", "19900000006")
	for range 2 {
		wantCode(t, v.Bind(ctx, "李大山", number), "needs_team")
	}
	if list, err := d.As(storetest.EastLead).PendingBindings(ctx, store.Page{}); err != nil || len(list.Items) != 0 {
		t.Errorf("another team sees %d, %v", len(list.Items), err)
	}
	lead := d.As(storetest.WestLead)
	list, err := lead.PendingBindings(ctx, store.Page{})
	if err != nil || len(list.Items) != 1 || list.Items[0].Name != "李大山" || list.Items[0].Phone != "19900000006" {
		t.Fatalf("%+v, %v", list, err)
	}
	id := list.Items[0].ID
	_, err = d.As(storetest.EastLead).SettleBinding(ctx, id, true)
	wantCode(t, err, "not_found")
	if _, err := lead.SettleBinding(ctx, id, true); err != nil {
		t.Fatal(err)
	}
	if a, err := d.identify(in); err != nil || a.ResidentID != storetest.LiDashan {
		t.Errorf("%+v, %v", a, err)
	}
	_, err = lead.SettleBinding(ctx, id, false)
	wantCode(t, err, "binding_settled")
}

// A second WeChat account of a resident waits for the team, then takes the first one's
// place, whose sessions end.
func TestRebinding(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	number, phone := d.idNumber(storetest.WangMei), phoneOf(storetest.WangMei)
	old, v := d.wechat("openid-old", phone)
	if err := v.Bind(ctx, "王梅", number); err != nil {
		t.Fatal(err)
	}
	fresh, w := d.wechat("openid-new", phone)
	wantCode(t, w.Bind(ctx, "王梅", number), "needs_team")
	lead := d.As(storetest.ShiliuLead)
	list, err := lead.PendingBindings(ctx, store.Page{})
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	if _, err := lead.SettleBinding(ctx, list.Items[0].ID, true); err != nil {
		t.Fatal(err)
	}
	d.wantAlive(old, false)
	if a, err := d.identify(fresh); err != nil || a.ResidentID != storetest.WangMei {
		t.Errorf("%+v, %v", a, err)
	}
	again, _ := d.wechat("openid-old", "")
	if again.Bound {
		t.Error("the old account is still bound")
	}
}

// Two WeChat accounts race for one resident: one is bound, the other waits.
func TestBindingRace(t *testing.T) {
	d := newDesk(t)
	number := d.idNumber(storetest.WangMei)
	views := make(chan store.View, 2)
	for _, openid := range []string{"openid-a", "openid-b"} {
		_, v := d.wechat(openid, phoneOf(storetest.WangMei))
		views <- v
	}
	won := 0
	for _, err := range race(2, func() error { return (<-views).Bind(t.Context(), "王梅", number) }) {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "needs_team")
		}
	}
	if won != 1 {
		t.Errorf("%d bound", won)
	}
}
