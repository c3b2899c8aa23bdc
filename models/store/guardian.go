package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/codes"
)

// How a ward agreed that a guardian acts (domain §7.5).
const (
	ConsentMinor      = "minor"      // the ward is a child of the guardian
	ConsentIncapacity = "incapacity" // the ward cannot decide; evidence names the document
	ConsentOnSite     = "on_site"    // the ward agreed before staff
)

// Guardianship is a relation to record.
type Guardianship struct {
	GuardianID models.ID
	Relation   string // of the guardian to the ward, GB/T 4761 two digits
	Consent    string
	Evidence   string
}

// AddGuardian records that one resident may act for another, for a year.
func (v View) AddGuardian(ctx context.Context, ward models.ID, g Guardianship) (models.Guardian, error) {
	return once(ctx, v, func(tx *Tx) (models.Guardian, error) {
		w, err := tx.lockResident(ward)
		if err != nil {
			return models.Guardian{}, err
		}
		if err := tx.living(w); err != nil {
			return models.Guardian{}, err
		}
		// A daughter may live in another village: the guardian need not be in scope.
		by, err := get[models.Resident](tx.db, g.GuardianID)
		if err != nil || by.Status != models.Living {
			return models.Guardian{}, models.InvalidField("guardian_id", "unknown", "监护人未建档")
		}
		if err := checkGuardianship(w, by, g, tx.today); err != nil {
			return models.Guardian{}, err
		}
		end := tx.today.AddYears(1)
		if g.Consent == ConsentMinor {
			end = w.BirthDate.AddYears(models.AgeOfConsent).AddDays(-1)
		}
		row := models.Guardian{GuardianID: by.ID, WardID: w.ID, Active: new(true), Relation: g.Relation, Consent: g.Consent, Evidence: g.Evidence, Begin: tx.today, End: end, CreatedAt: tx.now}
		err = tx.db.Create(&row).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return row, models.Errorf(models.Conflict, "already_guardian", "该监护关系已登记")
		}
		tx.record("guardian.add", "guardian", row.ID, w.ID, g.Consent)
		return row, err
	})
}

func checkGuardianship(ward, guardian models.Resident, g Guardianship, today models.Date) error {
	var p models.Problems
	minor := ward.Age(today) < models.AgeOfConsent
	switch {
	case ward.ID == guardian.ID:
		p.Add("guardian_id", "same", "监护人不能是本人")
	case guardian.Age(today) < models.AgeOfConsent:
		p.Add("guardian_id", "minor", "监护人应为成年人")
	}
	if !codes.DetailedRelations.Has(g.Relation) {
		p.Add("relation", "enum", "关系代码不在国标范围内")
	}
	switch g.Consent {
	case ConsentMinor:
		if !minor {
			p.Add("consent", "adult", "被监护人已成年,须由本人同意或提供无行为能力证明")
		}
	case ConsentIncapacity, ConsentOnSite:
	default:
		p.Add("consent", "enum", "同意方式应为 minor、incapacity 或 on_site")
	}
	switch n := len([]rune(g.Evidence)); {
	case n == 0:
		p.Add("evidence", "required", "请填写依据,如户口簿、委托书")
	case n > MaxEvidence:
		p.Add("evidence", "too_long", "依据不能超过100个字")
	}
	return p.Err()
}

// Guardians lists who acts for the resident, and for whom the resident acts.
func (v View) Guardians(ctx context.Context, id models.ID) ([]models.Guardian, error) {
	db := v.query(ctx)
	if _, err := v.resident(db, id); err != nil {
		return nil, err
	}
	var out []models.Guardian
	if err := db.Order("id").Find(&out, "(ward_id = ? OR guardian_id = ?) AND active = ?", id, id, true).Error; err != nil {
		return nil, err
	}
	return out, v.witnessed(ctx, "guardian.list", "resident", id, id)
}

// EndGuardian ends a guardianship today.
func (v View) EndGuardian(ctx context.Context, resident, guardian models.ID) error {
	return do(ctx, v, func(tx *Tx) error {
		if _, err := tx.lockResident(resident); err != nil {
			return err
		}
		done := tx.db.Model(&models.Guardian{}).Where("id = ? AND (ward_id = ? OR guardian_id = ?) AND active = ?", guardian, resident, resident, true).
			Updates(map[string]any{"active": nil, "end": tx.today})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return models.ErrNotFound
		}
		tx.record("guardian.end", "guardian", guardian, resident)
		return nil
	})
}
