package store

import (
	"context"
	"errors"
	"slices"

	"jiayi/models"
)

// visitPhotoAAD binds a sealed picture to what it is.
const visitPhotoAAD = "encounters.photo"

// PhotographEncounter adds a picture to a visit at home. It returns what keepPicture and
// Encounter.Photograph refuse.
func (v View) PhotographEncounter(ctx context.Context, id models.ID, content []byte) (Visit, error) {
	e, err := get[models.Encounter](v.query(ctx), id)
	if err != nil {
		return Visit{}, err
	}
	if _, err := v.resident(v.query(ctx), e.ResidentID); err != nil {
		return Visit{}, err
	}
	hash, _, err := v.keepPicture(ctx, content, visitPhotoAAD)
	if err != nil {
		return Visit{}, err
	}
	visit, err := once(withContent(ctx, content), v, func(tx *Tx) (Visit, error) {
		e, r, err := tx.lockEncounter(id)
		if err != nil {
			return Visit{}, err
		}
		if err := e.Photograph(hash, tx.now); err != nil {
			return Visit{}, err
		}
		tx.record("followup.photo", "encounter", e.ID, r.ID)
		if err := tx.db.Model(&e).Select("photos", "version", "updated_at").Updates(&e).Error; err != nil {
			return Visit{}, err
		}
		return tx.view().visit(tx.db, r, e)
	})
	if err != nil || !slices.Contains(visit.PhotoRefs(), hash) { // refused, or a repetition: the first one's is kept
		return visit, errors.Join(err, v.dropPicture(ctx, hash))
	}
	return visit, nil
}

// EncounterPhoto returns the nth picture, from 1, of a visit of the scope, witnessed.
func (v View) EncounterPhoto(ctx context.Context, id models.ID, n int) ([]byte, error) {
	e, err := get[models.Encounter](v.query(ctx), id)
	if err != nil {
		return nil, err
	}
	if _, err := v.resident(v.query(ctx), e.ResidentID); err != nil {
		return nil, err
	}
	refs := e.PhotoRefs()
	if n < 1 || n > len(refs) {
		return nil, models.ErrNotFound
	}
	content, err := v.openPicture(ctx, refs[n-1], visitPhotoAAD)
	if err != nil {
		return nil, err
	}
	return content, v.witnessed(ctx, "followup.photo.read", "encounter", e.ID, e.ResidentID)
}
