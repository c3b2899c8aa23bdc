package store

import (
	"context"
	"strings"

	"jiayi/models"
)

// AcceptFlag lets the visit stand and closes the flag with what the review found. It returns
//   - Invalid without a note;
//   - Forbidden own_visit for the doctor who made the visit, unless a manager;
//   - Conflict already_reviewed for a flag that is closed.
//
// A version of 0 means whatever it is.
func (v View) AcceptFlag(ctx context.Context, id models.ID, version int, note string) (Doubt, error) {
	return once(ctx, v, func(tx *Tx) (Doubt, error) {
		note = strings.TrimSpace(note)
		var p models.Problems
		models.CheckNote(&p, "note", "核查意见", note, models.MaxFinding)
		if err := p.Err(); err != nil {
			return Doubt{}, err
		}
		f, err := tx.lockFlag(id, version)
		if err != nil {
			return Doubt{}, err
		}
		f.Close(models.FlagAccepted, note, tx.actor.Name(), tx.now)
		if err := tx.db.Save(&f).Error; err != nil {
			return Doubt{}, err
		}
		tx.record("flag.accept", "flag", f.ID, f.ResidentID)
		return tx.doubt(f)
	})
}

// VoidFlag voids the visit, as VoidEncounter does, and with it every open flag of the visit.
// It refuses what AcceptFlag does, and returns ErrNotFound when the resident has left the
// scope of the actor: a manager above has to do it.
func (v View) VoidFlag(ctx context.Context, id models.ID, version int, reason string) (Doubt, error) {
	return once(ctx, v, func(tx *Tx) (Doubt, error) {
		reason = strings.TrimSpace(reason)
		if err := checkVoidReason(reason); err != nil {
			return Doubt{}, err
		}
		f, err := tx.view().flag(tx.db, id)
		if err != nil {
			return Doubt{}, err
		}
		// The visit first, then the flag: in the order of VoidEncounter.
		e, r, err := tx.lockEncounter(f.EncounterID)
		if err != nil {
			return Doubt{}, err
		}
		if f, err = tx.lockFlag(id, version); err != nil {
			return Doubt{}, err
		}
		if e.Voided { // between the check that doubted it and the flag
			err = tx.closeFlags(e.ID, reason)
		} else {
			err = tx.void(&e, &r, reason)
		}
		if err != nil {
			return Doubt{}, err
		}
		tx.record("flag.void", "flag", f.ID, f.ResidentID)
		if f, err = get[models.Flag](tx.db, id); err != nil {
			return Doubt{}, err
		}
		return tx.doubt(f)
	})
}

// lockFlag loads an open flag of the scope for a review by the actor.
func (tx *Tx) lockFlag(id models.ID, version int) (models.Flag, error) {
	f, err := tx.view().flag(tx.forUpdate(tx.db), id)
	if err != nil {
		return f, err
	}
	if err := f.ReviewableBy(tx.actor); err != nil {
		return f, err
	}
	if err := checkVersion(f.Version, version); err != nil {
		return f, err
	}
	if f.Status != models.FlagOpen {
		return f, models.Errorf(models.Conflict, "already_reviewed", "该疑点已核查")
	}
	return f, nil
}

// closeFlags closes the open flags of a visit that was voided.
func (tx *Tx) closeFlags(encounter models.ID, reason string) error {
	var open []models.Flag
	if err := tx.forUpdate(tx.db).Order("id").Find(&open, "encounter_id = ? AND status = ?", encounter, models.FlagOpen).Error; err != nil {
		return err
	}
	for i := range open {
		open[i].Close(models.FlagVoided, reason, tx.actor.Name(), tx.now)
		if err := tx.db.Save(&open[i]).Error; err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) doubt(f models.Flag) (Doubt, error) {
	out, err := tx.view().doubts(tx.db, []models.Flag{f})
	if err != nil {
		return Doubt{}, err
	}
	return out[0], nil
}
