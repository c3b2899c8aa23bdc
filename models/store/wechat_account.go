package store

import (
	"context"

	"gorm.io/gorm/clause"

	"jiayi/models"
)

// SignInWechat opens a session for the holder of an openid, who gets an account at the
// first sign-in.
func (v View) SignInWechat(ctx context.Context, openid string) (SignIn, error) {
	return settle(ctx, v, func(tx *Tx) (outcome, error) {
		index := tx.s.blind(indexOpenID, openid)
		fresh := models.WechatAccount{OpenIDIndex: index, OpenID: openid}
		if err := tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh).Error; err != nil {
			return outcome{}, err
		}
		var w models.WechatAccount
		if err := tx.forUpdate(tx.db).Take(&w, "openid_index = ?", index).Error; err != nil {
			return outcome{}, err
		}
		tx.actor.Role, tx.actor.WechatID, tx.actor.ResidentID = models.ResidentRole, w.ID, w.ResidentID
		in, err := tx.begin(0, w.ID)
		in.Bound = w.ResidentID != 0
		tx.record("session.begin", "wechat_account", w.ID, w.ResidentID)
		return outcome{SignIn: in}, err
	})
}

// SetWechatPhone keeps the phone number that WeChat verified for the actor. A phone alone
// binds nobody: families share phones.
func (v View) SetWechatPhone(ctx context.Context, phone string) (models.WechatAccount, error) {
	return once(ctx, v, func(tx *Tx) (models.WechatAccount, error) {
		w, err := lock[models.WechatAccount](tx, v.actor.WechatID)
		if err != nil {
			return w, err
		}
		w.Phone = phone
		tx.record("wechat_account.phone", "wechat_account", w.ID, w.ResidentID)
		return w, tx.db.Model(&w).Select("Phone").Updates(&w).Error
	})
}

// bound tells whether a WeChat account is bound to a resident; 0 is not.
func (tx *Tx) bound(wechat models.ID) (bool, error) {
	var n int64
	err := tx.db.Model(&models.WechatAccount{}).Where("id = ? AND resident_id <> 0", wechat).Count(&n).Error
	return n > 0, err
}
