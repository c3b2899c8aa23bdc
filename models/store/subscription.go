package store

import (
	"context"
	"maps"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// channels are the WeChat accounts that a message to each of the residents may go to, in the
// order they are tried: the own one, else those of the guardians who stand for a child or for
// a person who cannot act. Nobody who has withdrawn the consent to messages is among them.
func channels(db *gorm.DB, residents []models.ID, today models.Date) (map[models.ID][]models.ID, error) {
	var own []models.WechatAccount
	err := db.Select("id", "resident_id").Where("resident_id IN ?", padded(anyOf(residents))).Where(consenting("wechat_accounts.resident_id")).Order("id").Find(&own).Error
	if err != nil {
		return nil, err
	}
	out := map[models.ID][]models.ID{}
	for _, w := range own {
		out[w.ResidentID] = append(out[w.ResidentID], w.ID)
	}
	var standing []struct{ WardID, WechatID models.ID }
	err = db.Model(&models.Guardian{}).Select("guardians.ward_id, w.id AS wechat_id").Joins("JOIN wechat_accounts w ON w.resident_id = guardians.guardian_id").
		Joins("JOIN residents r ON r.id = guardians.guardian_id AND r.status = ?", models.Living).
		Where("guardians.ward_id IN ? AND guardians.active = ? AND guardians.`begin` <= ? AND guardians.`end` >= ? AND guardians.consent IN ?",
			padded(anyOf(residents)), true, today, today, []string{ConsentMinor, ConsentIncapacity}).
		Where("NOT EXISTS (SELECT 1 FROM wechat_accounts o WHERE o.resident_id = guardians.ward_id)").
		Where(consenting("guardians.ward_id")).Where(consenting("guardians.guardian_id")).Order("guardians.id").Find(&standing).Error
	for _, g := range standing {
		out[g.WardID] = append(out[g.WardID], g.WechatID)
	}
	return out, err
}

// quotas are the rows of a WeChat account's, or of any of several accounts'.
func quotas(db *gorm.DB, accounts ...models.ID) ([]models.SubscribeQuota, error) {
	var rows []models.SubscribeQuota
	return rows, db.Find(&rows, "wechat_id IN ?", padded(anyOf(accounts))).Error
}

// takeUnit claims the first attempt at a message with one unit of the first account's that has
// any; without one the message is not sent (domain §10.13).
func (tx *Tx) takeUnit(m *models.Message, to []models.ID) error {
	spec, _ := models.NoticeOf(m.Template)
	for _, account := range to {
		took := tx.db.Model(&models.SubscribeQuota{}).Where("wechat_id = ? AND template = ? AND remaining > 0", account, spec.Subscription).
			Update("remaining", gorm.Expr("remaining - 1"))
		if took.Error != nil {
			return took.Error
		}
		if took.RowsAffected == 1 {
			m.WechatID = account
			m.Try(tx.now)
			return nil
		}
	}
	m.Failed(models.NoQuota, true, tx.now)
	return nil
}

// giveBack returns the unit that a message holds and will not use.
func (tx *Tx) giveBack(m *models.Message) error {
	return tx.letGo(m, gorm.Expr("remaining + 1"))
}

// useUp notes that the receiver takes no message of the family any more (43101).
func (tx *Tx) useUp(m *models.Message) error { return tx.letGo(m, 0) }

// letGo sets what is left of the subscription that a message holds a unit of, and lets go
// of it.
func (tx *Tx) letGo(m *models.Message, remaining any) error {
	if m.WechatID == 0 {
		return nil
	}
	spec, _ := models.NoticeOf(m.Template)
	err := tx.db.Model(&models.SubscribeQuota{}).Where("wechat_id = ? AND template = ?", m.WechatID, spec.Subscription).Update("remaining", remaining).Error
	m.WechatID = 0
	return err
}

// SubscriptionLine is a family with what the actor has subscribed to; Ask tells whether the
// mini-program should ask for it at the next tap.
type SubscriptionLine struct {
	models.SubscriptionSpec
	Quota models.SubscribeQuota
	Ask   bool
}

// Subscriptions lists all families for the actor's WeChat account. Sendable are those with a
// message template.
func (v View) Subscriptions(ctx context.Context, sendable []models.Subscription) ([]SubscriptionLine, error) {
	return v.subscriptions(v.query(ctx), sendable)
}

func (v View) subscriptions(db *gorm.DB, sendable []models.Subscription) ([]SubscriptionLine, error) {
	if v.actor.WechatID == 0 {
		return nil, models.ErrNotFound
	}
	rows, err := quotas(db, v.actor.WechatID)
	if err != nil {
		return nil, err
	}
	have := map[models.Subscription]models.SubscribeQuota{}
	for _, q := range rows {
		have[q.Template] = q
	}
	var codes []string
	err = v.inbox(db.Model(&models.Message{})).Where("outbox.status = ? AND outbox.last_error IN ? AND outbox.created_at > ?",
		models.MessageDead, []string{models.NoQuota, models.RefusedPhone}, v.Now().Add(-models.UndeliveredFor)).Distinct().Pluck("template", &codes).Error
	if err != nil {
		return nil, err
	}
	missed := map[models.Subscription]bool{}
	for _, code := range codes {
		spec, _ := models.NoticeOf(code)
		missed[spec.Subscription] = true
	}
	ask := models.AskFor(sendable, have, missed, v.Now())
	out := make([]SubscriptionLine, len(models.Subscriptions))
	for i, spec := range models.Subscriptions {
		out[i] = SubscriptionLine{spec, have[spec.Code], slices.Contains(ask, spec.Code)}
	}
	return out, nil
}

// AnswerSubscriptions notes what the holder of the actor's WeChat account answered to
// wx.requestSubscribeMessage, family by family: each yes is for one message (domain §7.4). It
// returns Invalid naming the family that does not exist or the answer that is none.
func (v View) AnswerSubscriptions(ctx context.Context, answers map[models.Subscription]models.SubscribeAnswer, sendable []models.Subscription) ([]SubscriptionLine, error) {
	return once(ctx, v, func(tx *Tx) ([]SubscriptionLine, error) {
		if tx.actor.WechatID == 0 {
			return nil, models.ErrNotFound
		}
		var p models.Problems
		if len(answers) == 0 {
			p.Add("results", "required", "请提交订阅结果")
		}
		families := slices.Sorted(maps.Keys(answers))
		for _, f := range families {
			switch field := "results." + string(f); {
			case !f.Known():
				p.Add("results", "enum", "没有这一类订阅消息")
			case models.SubscribeAnswerLabels[answers[f]] == "":
				p.Add(field, "enum", "订阅结果应为 accept、reject、ban 或 filter")
			}
		}
		if err := p.Err(); err != nil {
			return nil, err
		}
		for _, f := range families {
			if err := tx.noteAnswer(f, answers[f]); err != nil {
				return nil, err
			}
			tx.record("subscription.answer", "wechat_account", tx.actor.WechatID, tx.actor.ResidentID, string(f), string(answers[f]))
		}
		return tx.view().subscriptions(tx.db, sendable)
	})
}

func (tx *Tx) noteAnswer(f models.Subscription, answer models.SubscribeAnswer) error {
	row := models.SubscribeQuota{WechatID: tx.actor.WechatID, Template: f, AnsweredAt: tx.now}
	if err := tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return err
	}
	var q models.SubscribeQuota
	if err := tx.forUpdate(tx.db).Take(&q, "wechat_id = ? AND template = ?", tx.actor.WechatID, f).Error; err != nil {
		return err
	}
	q.Note(answer, tx.now)
	return tx.db.Model(&q).Select("remaining", "answer", "answered_at").Updates(&q).Error
}
