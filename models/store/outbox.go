package store

import (
	"context"
	"errors"

	"jiayi/models"
)

// Delivery is one message for one receiver's phone.
type Delivery struct{ OpenID, Template, Data string }

// Sender sends to phones. Templates are the message templates it can send; any other
// message stays in the inbox.
type Sender interface {
	Templates() []string
	// Send returns a *SendError, or nil once the message is on its way.
	Send(ctx context.Context, d Delivery) error
}

// SendError is why a message was not sent; Code holds nothing of the message.
type SendError struct {
	Code    string
	ForGood bool // trying again cannot help: the receiver refused, the template is wrong
}

// Error is the code.
func (e *SendError) Error() string { return "store: message not sent: " + e.Code }

// deliverBatch is the most messages claimed by one query.
const deliverBatch = 100

// DeliverOutbox sends what is due and can be sent: messages of a template the sender
// has, to residents who use the mini-program. Each attempt is claimed before it is
// made, so a message is sent at most once per attempt even when two replicas deliver;
// a crash between sending and noting it may send it a second time. It returns the
// number sent.
func (s *Store) DeliverOutbox(ctx context.Context, sender Sender) (int, error) {
	templates := sender.Templates()
	if len(templates) == 0 {
		return 0, nil
	}
	total := 0
	for {
		batch, err := s.claimMessages(ctx, templates)
		if err != nil || len(batch) == 0 {
			return total, err
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

// claimMessages takes the next due messages and counts the attempt.
func (s *Store) claimMessages(ctx context.Context, templates []string) ([]models.Message, error) {
	var batch []models.Message
	err := s.As(models.System("deliver-outbox")).transact(ctx, func(tx *Tx) error {
		batch = nil
		due := tx.db.Where("status = ? AND not_before <= ? AND created_at > ? AND template IN ?", models.MessageWaiting, tx.now, tx.now.Add(-models.DeliverWithin), templates).
			Where("EXISTS (SELECT 1 FROM wechat_accounts w WHERE w.resident_id = outbox.resident_id AND w.resident_id <> 0)").
			// Who has withdrawn the consent to messages and not given it again finds them in the inbox alone.
			Where("NOT EXISTS (SELECT 1 FROM consents c WHERE c.resident_id = outbox.resident_id AND c.purpose = ? AND c.live IS NULL AND NOT EXISTS "+
				"(SELECT 1 FROM consents g WHERE g.resident_id = c.resident_id AND g.purpose = c.purpose AND g.live = ?))", models.ForMessages, true)
		if err := tx.forUpdate(due).Order("not_before, id").Limit(deliverBatch).Find(&batch).Error; err != nil {
			return err
		}
		for i := range batch {
			batch[i].Try(tx.now)
			if err := tx.saveMessage(&batch[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return batch, err
}

// deliver makes one claimed attempt and notes how it ended.
func (s *Store) deliver(ctx context.Context, sender Sender, m models.Message) (bool, error) {
	var to models.WechatAccount
	if err := s.query(ctx).Order("id").Take(&to, "resident_id = ?", m.ResidentID).Error; err != nil {
		return false, notFound(err)
	}
	failure := sender.Send(ctx, Delivery{to.OpenID, m.Template, m.Data})
	if ctx.Err() != nil && failure != nil {
		return false, ctx.Err() // stopping: the attempt is counted, the next one will tell
	}
	now := s.Now()
	var why *SendError
	switch {
	case failure == nil:
		m.Sent(now)
	case errors.As(failure, &why):
		m.Failed(why.Code, why.ForGood)
	default:
		m.Failed("failed", false)
	}
	// A delivery that happened is noted even when the job is being stopped.
	err := s.As(models.System("deliver-outbox")).transact(context.WithoutCancel(ctx), func(tx *Tx) error { return tx.saveMessage(&m) })
	return failure == nil, err
}

func (tx *Tx) saveMessage(m *models.Message) error {
	return tx.db.Model(m).Select("status", "not_before", "attempts", "last_error", "sent_at").Updates(m).Error
}
