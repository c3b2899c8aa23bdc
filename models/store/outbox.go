package store

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
	"jiayi/models/codes"
)

// Delivery is one message for one receiver's phone.
type Delivery struct {
	OpenID   string
	Template models.Subscription
	Text     string // as the receiver reads it
	Number   string // of what it leads to
}

// Sender sends to phones. Templates are the families it has a message template of; any other
// message stays in the inbox.
type Sender interface {
	Templates() []models.Subscription
	// Send returns a *SendError, or nil once the message is on its way.
	Send(ctx context.Context, d Delivery) error
}

// SendError is why a message was not sent; Code holds nothing of the message. The code
// models.RefusedPhone says that the receiver's subscription is used up or was never given.
type SendError struct {
	Code    string
	ForGood bool // trying again cannot help: the receiver refused, the template is wrong
}

// Error is the code.
func (e *SendError) Error() string { return "store: message not sent: " + e.Code }

// deliverBatch is the most messages claimed by one query.
const deliverBatch = 100

// DeliverOutbox sends what is due and can be sent: messages of a template the sender has, to
// residents who use the mini-program, or to the guardian who stands for one, as far as they
// have subscribed (domain §7.4). Each attempt is claimed before it is made, together with a
// unit of the receiver's subscription, so a message is sent at most once per attempt even
// when two replicas deliver; a crash between sending and noting it may send it a second
// time. In the quiet hours only urgent messages are sent. It returns the number sent.
func (s *Store) DeliverOutbox(ctx context.Context, sender Sender) (int, error) {
	total := 0
	for {
		batch, found, err := s.claimMessages(ctx, sender.Templates())
		if err != nil {
			return total, err
		}
		if found == 0 {
			return total, s.keepStale(ctx)
		}
		for _, m := range batch {
			sent, err := s.deliver(ctx, sender, m)
			if err != nil {
				return total, err
			}
			if sent {
				total++
			}
		}
	}
}

// claimMessages looks at the next due messages and claims an attempt of those that can be
// sent; the others go to no phone. It returns the claimed ones and how many it looked at.
func (s *Store) claimMessages(ctx context.Context, families []models.Subscription) (claimed []models.Message, found int, err error) {
	err = s.As(models.System("deliver-outbox")).transact(ctx, func(tx *Tx) error {
		claimed, found = nil, 0
		templates := models.NoticesFor(families, s.opt.QuietHours.Contain(tx.now))
		if len(templates) == 0 {
			return nil
		}
		var batch []models.Message
		// Who has withdrawn the consent to messages and not given it again finds them in the inbox alone.
		due := tx.db.Where("status = ? AND not_before <= ? AND template IN ?", models.MessageWaiting, tx.now, padded(templates)).Where(consenting("outbox.resident_id"))
		if err := tx.forUpdate(due).Order("not_before, id").Limit(deliverBatch).Find(&batch).Error; err != nil || len(batch) == 0 {
			return err
		}
		found = len(batch)
		people := make([]models.ID, len(batch))
		for i, m := range batch {
			people[i] = m.ResidentID
		}
		to, err := channels(tx.db, people, tx.today)
		if err != nil {
			return err
		}
		var living []models.ID
		if err := tx.db.Model(&models.Resident{}).Where("id IN ? AND status = ?", padded(anyOf(people)), models.Living).Pluck("id", &living).Error; err != nil {
			return err
		}
		for i := range batch {
			m := &batch[i]
			if err := tx.claim(m, to[m.ResidentID], slices.Contains(living, m.ResidentID)); err != nil {
				return err
			}
			if m.Status == models.MessageWaiting {
				claimed = append(claimed, *m)
			}
			if err := tx.saveMessage(m); err != nil {
				return err
			}
		}
		return nil
	})
	return claimed, found, err
}

// claim claims one attempt at a message with a unit of a subscription, which it holds from
// its first attempt on. Without a phone to send it to the message leaves the way.
func (tx *Tx) claim(m *models.Message, to []models.ID, living bool) error {
	if living && !m.Late(tx.now) && m.WechatID != 0 && slices.Contains(to, m.WechatID) {
		m.Try(tx.now)
		return nil
	}
	if err := tx.giveBack(m); err != nil {
		return err
	}
	switch {
	case !living:
		m.Keep(tx.now)
	case m.Late(tx.now):
		m.Failed(models.NoticeLate, true, tx.now)
	case len(to) == 0:
		m.Failed(models.NoAccount, true, tx.now)
	default:
		return tx.takeUnit(m, to)
	}
	return nil
}

// deliver makes one claimed attempt and notes how it ended.
func (s *Store) deliver(ctx context.Context, sender Sender, m models.Message) (bool, error) {
	spec, _ := models.NoticeOf(m.Template)
	if until := s.opt.QuietHours.After(s.Now()); !spec.Urgent && until.After(s.Now()) { // they began meanwhile
		return false, s.noteDelivery(ctx, m, func(_ *Tx, row *models.Message) error {
			row.PutOff(until)
			return nil
		})
	}
	d, err := s.delivery(ctx, m, spec)
	if err != nil {
		return false, err
	}
	failure := sender.Send(ctx, d)
	if ctx.Err() != nil && failure != nil {
		return false, ctx.Err() // stopping: the attempt is counted, the next one will tell
	}
	why := &SendError{Code: "failed"}
	errors.As(failure, &why)
	// A delivery that happened is noted even when the job is being stopped.
	return failure == nil, s.noteDelivery(context.WithoutCancel(ctx), m, func(tx *Tx, row *models.Message) error {
		if failure == nil {
			row.Sent(tx.now)
			return nil
		}
		row.Failed(why.Code, why.ForGood, tx.now)
		if why.Code == models.RefusedPhone {
			if err := tx.useUp(row); err != nil {
				return err
			}
		}
		if row.Status == models.MessageDead {
			return tx.giveBack(row)
		}
		return nil
	})
}

// delivery is what the receiver of a claimed message reads: a guardian, for whom.
func (s *Store) delivery(ctx context.Context, m models.Message, spec models.NoticeSpec) (Delivery, error) {
	db := s.query(ctx)
	to, err := get[models.WechatAccount](db, m.WechatID)
	if err != nil {
		return Delivery{}, err
	}
	d := Delivery{OpenID: to.OpenID, Template: spec.Subscription, Text: spec.Text}
	if to.ResidentID != m.ResidentID {
		ward, err := names[models.Resident](db, []models.ID{m.ResidentID})
		if err != nil {
			return d, err
		}
		d.Text = spec.About(codes.MaskName(ward[m.ResidentID]))
	}
	id, no := spec.Link(m.Data)
	if spec.Noun == "contract" && no == "" {
		err = db.Model(&models.Contract{}).Where("id = ?", id).Limit(1).Pluck("no", &no).Error
	}
	if d.Number = no; no == "" {
		d.Number = id.String()
	}
	return d, err
}

// noteDelivery writes down what came of an attempt, unless another has begun meanwhile: that
// one will tell.
func (s *Store) noteDelivery(ctx context.Context, m models.Message, change func(*Tx, *models.Message) error) error {
	return s.As(models.System("deliver-outbox")).transact(ctx, func(tx *Tx) error {
		row, err := lock[models.Message](tx, m.ID)
		if err != nil || row.Status != models.MessageWaiting || row.Attempts != m.Attempts {
			return err
		}
		if err := change(tx, &row); err != nil {
			return err
		}
		return tx.saveMessage(&row)
	})
}

// keepStale leaves in the inbox what waited in vain: nobody has a template for it, or the
// consent was withdrawn. It does not run in the quiet hours, when other messages wait too.
func (s *Store) keepStale(ctx context.Context) error {
	for more := !s.opt.QuietHours.Contain(s.Now()); more; {
		err := s.As(models.System("deliver-outbox")).transact(ctx, func(tx *Tx) error {
			var stale []models.Message
			due := tx.db.Where("status = ? AND not_before <= ?", models.MessageWaiting, tx.now.Add(-models.DeliverWithin))
			if err := tx.forUpdate(due).Order("not_before, id").Limit(deliverBatch).Find(&stale).Error; err != nil {
				return err
			}
			more = len(stale) == deliverBatch
			for i := range stale {
				stale[i].Keep(tx.now)
				if err := errors.Join(tx.giveBack(&stale[i]), tx.saveMessage(&stale[i])); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// saveMessage writes what delivery changes of a message, and nothing of who read it.
func (tx *Tx) saveMessage(m *models.Message) error {
	return tx.db.Model(m).Select("status", "not_before", "attempts", "last_error", "sent_at", "wechat_id").Updates(m).Error
}

// consenting is the condition that the resident of a column has not withdrawn the consent to
// messages, or has given it again. Who was never asked has not.
func consenting(column string) clause.Expr {
	return gorm.Expr("NOT EXISTS (SELECT 1 FROM consents c WHERE c.resident_id = "+column+" AND c.purpose = ? AND c.live IS NULL AND NOT EXISTS "+
		"(SELECT 1 FROM consents g WHERE g.resident_id = c.resident_id AND g.purpose = c.purpose AND g.live = ?))", models.ForMessages, true)
}
