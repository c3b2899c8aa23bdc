package store

import (
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// throttleSubject names whose attempts are counted.
type throttleSubject string

// signInsOf counts attempts under a user name, whether or not an account has it: a lock
// then tells nobody which names exist.
func (s *Store) signInsOf(username string) throttleSubject {
	return throttleSubject("sign_in:" + s.blind(indexUsername, models.NormaliseUsername(username)))
}

// passwordOf counts wrong old passwords of a signed-in account.
func passwordOf(account models.ID) throttleSubject {
	return throttleSubject("password:" + account.String())
}

// bindingOf counts attempts of a WeChat account to be a resident.
func bindingOf(wechat models.ID) throttleSubject {
	return throttleSubject("binding:" + wechat.String())
}

func throttleOf(db *gorm.DB, of throttleSubject) (models.Throttle, error) {
	t := models.Throttle{Key: string(of)}
	err := db.Take(&t, "throttle_key = ?", string(of)).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = nil
	}
	return t, err
}

// unlocked returns ErrLocked while the subject is locked.
func unlocked(db *gorm.DB, of throttleSubject, now time.Time) error {
	t, err := throttleOf(db, of)
	if err != nil {
		return err
	}
	if wait := t.RetryAfter(now); wait > 0 {
		return models.ErrLocked(wait)
	}
	return nil
}

// lockedFor locks the subject's row, made first if need be, and tells how long its lock
// still holds. Every outcome asks again under the row's lock: of many guesses at once,
// only as many are answered as the rule allows.
func (tx *Tx) lockedFor(of throttleSubject) (time.Duration, error) {
	start := models.Throttle{Key: string(of), FailedAt: tx.now}
	if err := tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&start).Error; err != nil {
		return 0, err
	}
	t, err := throttleOf(tx.forUpdate(tx.db), of)
	return t.RetryAfter(tx.now), err
}

// fail counts a failed attempt of the subject, after lockedFor.
func (tx *Tx) fail(of throttleSubject) error {
	t, err := throttleOf(tx.db, of)
	if err != nil {
		return err
	}
	t.Fail(tx.now)
	return tx.db.Save(&t).Error
}

// forgive forgets the failures and locks of the subject.
func (tx *Tx) forgive(of throttleSubject) error {
	return tx.db.Delete(&models.Throttle{}, "throttle_key = ?", string(of)).Error
}
