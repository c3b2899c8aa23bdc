package models

import (
	"strings"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models/clinical"
)

// Rules of the photographs of a home visit.
const (
	MostPhotos = 3 // of one visit
	PhotoDays  = 3 // after its entry, for a phone that had no signal
)

// PhotoRefs are the references to the visit's photographs, in the order they came.
func (e Encounter) PhotoRefs() []string { return strings.Fields(e.Photos) }

// Photograph adds a photograph. It returns Conflict not_at_home but for a visit at home,
// already_voided, too_late after PhotoDays, and photos_full past MostPhotos.
func (e *Encounter) Photograph(reference string, now time.Time) error {
	switch {
	case clinical.Way(e.VisitWay) != clinical.WayHome:
		return Errorf(Conflict, "not_at_home", "只有家庭随访才能附照片")
	case e.Voided:
		return Errorf(Conflict, "already_voided", "该随访记录已作废")
	case calendar.DateOf(now).Sub(calendar.DateOf(e.CreatedAt)) > PhotoDays:
		return Errorf(Conflict, "too_late", "随访登记%d天以后不能再附照片", PhotoDays)
	case len(e.PhotoRefs()) >= MostPhotos:
		return Errorf(Conflict, "photos_full", "一次随访最多附%d张照片", MostPhotos)
	}
	e.Photos = strings.Join(append(e.PhotoRefs(), reference), " ")
	e.Version, e.UpdatedAt = e.Version+1, now
	return nil
}
