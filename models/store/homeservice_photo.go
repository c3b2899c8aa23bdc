package store

import (
	"context"
	"errors"

	"jiayi/models"
)

// photoAAD binds a sealed picture to what it is.
const photoAAD = "home_services.photo"

// PhotographHomeService keeps the picture that the team took at the door. It returns what
// keepPicture and HomeService.Photograph refuse.
func (v View) PhotographHomeService(ctx context.Context, id models.ID, content []byte) (HomeServiceLine, error) {
	if _, err := v.homeService(v.query(ctx), id); err != nil {
		return HomeServiceLine{}, err
	}
	hash, _, err := v.keepPicture(ctx, content, photoAAD)
	if err != nil {
		return HomeServiceLine{}, err
	}
	earlier := ""
	line, err := once(withContent(ctx, content), v, func(tx *Tx) (HomeServiceLine, error) {
		h, err := lock[models.HomeService](tx, id)
		if err != nil {
			return HomeServiceLine{}, err
		}
		earlier = h.Photo
		if err := h.Photograph(tx.actor.Party(h.ResidentID, h.TeamID, h.InstitutionID), hash); err != nil {
			return HomeServiceLine{}, err
		}
		h.Version++
		tx.record("home_service.photo", "home_service", h.ID, h.ResidentID)
		if err := tx.db.Omit("created_at").Save(&h).Error; err != nil {
			return HomeServiceLine{}, err
		}
		return tx.view().homeServiceLine(tx.db, h)
	})
	if err != nil || line.Photo != hash { // refused, or a repetition: the first one's is kept
		return line, errors.Join(err, v.dropPicture(ctx, hash))
	}
	return line, v.dropPicture(ctx, earlier)
}

// HomeServicePhoto returns the picture of a service of the scope, witnessed.
func (v View) HomeServicePhoto(ctx context.Context, id models.ID) ([]byte, error) {
	h, err := v.homeService(v.query(ctx), id)
	if err != nil {
		return nil, err
	}
	if h.Photo == "" {
		return nil, models.ErrNotFound
	}
	content, err := v.openPicture(ctx, h.Photo, photoAAD)
	if err != nil {
		return nil, err
	}
	return content, v.witnessed(ctx, "home_service.photo.read", "home_service", h.ID, h.ResidentID)
}
