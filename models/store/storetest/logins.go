package storetest

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
)

// PendingBinding waits for 张秀英's team: a WeChat account of nobody's yet wants to be hers.
const PendingBinding models.ID = 1

// Logins gives the actors of the small district their accounts, which owe nothing. No
// password fits them.
func Logins(t testing.TB, s *store.Store) {
	t.Helper()
	now := s.Now()
	var accounts []models.Account
	for _, a := range []struct {
		name  string
		actor models.Actor
	}{
		{"manager", Manager}, {"liuyuan", LiuyuanBoss}, {"east", EastLead}, {"nurse", EastNurseOne}, {"west", WestLead},
		{"shiliu", ShiliuLead}, {"auditor", AuditorOne}, {"admin", AdminOne}, {"officer", Officer},
	} {
		row := models.Account{ID: a.actor.AccountID, Username: a.name, Name: a.name, Role: a.actor.Role, StaffID: a.actor.StaffID,
			InstitutionID: a.actor.InstitutionID, PasswordAt: now, Version: 1}
		if spec, _ := row.Role.Spec(); spec.SecondOTP {
			row.TOTPAt = &now
		}
		accounts = append(accounts, row)
	}
	wechat := func(id models.ID, resident models.ID) models.WechatAccount {
		openid := "openid-" + id.String()
		return models.WechatAccount{ID: id, OpenID: openid, Phone: "1990000100" + id.String(), ResidentID: resident}
	}
	phones := []models.WechatAccount{wechat(Qiang.WechatID, ZhangQiang), wechat(Mei.WechatID, WangMei), wechat(Dashan.WechatID, LiDashan), wechat(4, 0)}
	bindings := []models.Binding{{ID: PendingBinding, WechatID: 4, ResidentID: ZhangXiuying, Status: models.BindingPending, Proof: models.LacksPhone}}
	for i, w := range phones[:3] {
		bindings = append(bindings, models.Binding{ID: models.ID(i + 2), WechatID: w.ID, ResidentID: w.ResidentID, Active: new(true),
			Status: models.BindingActive, Proof: models.ProofPhone})
	}
	err := s.Load(t.Context(), func(l *store.Loader) error {
		for i := range phones {
			phones[i].OpenIDIndex = l.OpenIDIndex(phones[i].OpenID)
		}
		for _, rows := range []any{accounts, phones, bindings} {
			if err := l.Insert(rows); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
