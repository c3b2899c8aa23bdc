package store

import (
	"context"

	"jiayi/models"
)

// SetCareMode keeps the actor's choice with the account, so that it goes along to another
// phone.
func (v View) SetCareMode(ctx context.Context, mode models.CareMode) (models.CareMode, error) {
	return once(ctx, v, func(tx *Tx) (models.CareMode, error) {
		if tx.actor.WechatID == 0 {
			return mode, tx.onOwn(func(a *models.Account) error {
				a.CareMode = mode
				tx.record("account.display", "account", a.ID, 0, "care_mode")
				return nil
			})
		}
		w, err := lock[models.WechatAccount](tx, tx.actor.WechatID)
		if err != nil {
			return mode, err
		}
		w.CareMode = mode
		tx.record("wechat_account.display", "wechat_account", w.ID, w.ResidentID, "care_mode")
		return mode, tx.db.Model(&w).Select("CareMode").Updates(&w).Error
	})
}
