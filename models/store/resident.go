package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"jiayi/internal/pinyin"
	"jiayi/models"
	"jiayi/models/codes"
)

func (s *Store) idRules() codes.IDRules {
	return codes.IDRules{Today: s.Today(), AllowTestRegion: s.opt.AllowTestRegion}
}

// ErrKnownResident is returned when the document already belongs to a resident.
var ErrKnownResident = &models.Error{Kind: models.Conflict, Code: "already_known", Message: "该证件号码已建档",
	Fields: []models.FieldError{{Field: "id_number", Code: "already_known", Message: "该证件号码已建档"}}}

// CreateResident enters a new resident. It returns Invalid for a bad draft or a village
// outside the actor's scope, and ErrKnownResident when the document is known already.
func (v View) CreateResident(ctx context.Context, d models.ResidentDraft) (models.Resident, error) {
	return once(ctx, v, func(tx *Tx) (models.Resident, error) {
		var p models.Problems
		d := d
		d.Check(&p, v.idRules())
		if err := p.Err(); err != nil {
			return models.Resident{}, err
		}
		r := models.Resident{Status: models.Living}
		if err := tx.enter(&r, d); err != nil {
			return models.Resident{}, err
		}
		tx.record("resident.create", "resident", r.ID, r.ID)
		return after(&r, tx.settle(&r))
	})
}

// enter gives a checked draft its place, record number and household, and inserts it.
func (tx *Tx) enter(r *models.Resident, d models.ResidentDraft) error {
	village, err := tx.place(r, d)
	if err != nil {
		return err
	}
	if r.RecordNo, err = tx.nextRecordNo(village); err != nil {
		return err
	}
	if r.HouseholdID == 0 {
		h := models.Household{No: "H" + r.RecordNo, VillageID: village.ID, Version: 1}
		if err := tx.db.Create(&h).Error; err != nil {
			return err
		}
		r.HouseholdID, r.HouseRelation = h.ID, "02"
	} else if err := tx.checkHousehold(r.HouseholdID); err != nil {
		return err
	}
	r.Version = 1
	err = tx.db.Create(r).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return ErrKnownResident
	}
	return err
}

// place copies a checked draft onto the resident, with its indexes and its village's team.
func (tx *Tx) place(r *models.Resident, d models.ResidentDraft) (models.Village, error) {
	village, err := tx.villageInScope(d.VillageID)
	if err != nil {
		return village, err
	}
	d.Apply(r)
	r.Initials = pinyin.Initials(r.Name)
	r.PhoneIndex = tx.s.blind(indexPhone, r.Phone)
	r.DocumentIndex = nil
	if r.DocumentNo != "" {
		r.DocumentIndex = new(tx.s.documentIndex(r.DocumentType, r.DocumentNo))
	}
	r.AreaTeamID, r.AreaInstID = village.TeamID, village.InstitutionID
	return village, nil
}

// documentIndex is the blind index of a document. The register of a household holds the
// members' ID numbers, so it shares the index of the ID number.
func (s *Store) documentIndex(kind, number string) string {
	if kind == string(codes.DocHouseholdRegister) {
		kind = string(codes.DocResidentID)
	}
	return s.blind(indexDocument, kind+":"+number)
}

// villageInScope loads a village the actor may enter residents for.
func (tx *Tx) villageInScope(id models.ID) (models.Village, error) {
	village, err := get[models.Village](tx.forShare(tx.db), id) // its team must not change meanwhile
	if err == nil && !tx.view().seesVillage(village) {
		err = models.ErrNotFound
	}
	if errors.Is(err, models.ErrNotFound) {
		return village, models.InvalidField("village_id", "unknown", "村(居)委会不存在,或不在您的管辖范围内")
	}
	return village, err
}

func (v View) seesVillage(village models.Village) bool {
	switch v.actor.Reach() {
	case models.DistrictReach:
		return true
	case models.InstitutionReach:
		return village.InstitutionID == some(v.actor.InstitutionID)
	case models.TeamReach:
		return v.actor.Serves(village.TeamID)
	}
	return false
}

// nextRecordNo allocates a health record number of the village (domain §4.4).
func (tx *Tx) nextRecordNo(v models.Village) (string, error) {
	n, err := tx.next(recordSequence(v))
	if err != nil {
		return "", err
	}
	if n > codes.MaxRecordSequence {
		return "", models.Errorf(models.Conflict, "record_numbers_used_up", "该村(居)委会的健康档案编号已用完")
	}
	return recordNo(v, n), nil
}

func recordSequence(v models.Village) string { return "record:" + v.EHRCode }

func recordNo(v models.Village, n int64) string { return fmt.Sprintf("%s%05d", v.EHRCode, n) }

func (tx *Tx) checkHousehold(id models.ID) error {
	h, err := get[models.Household](tx.db, id)
	if err == nil {
		_, err = tx.villageInScope(h.VillageID)
	}
	if err != nil {
		return models.InvalidField("household_id", "unknown", "家庭不存在,或不在您的管辖范围内")
	}
	return nil
}

// ResidentPatch is a correction; nil fields stay as they are.
type ResidentPatch struct {
	Name, Sex, DocumentType, DocumentNo, Phone, Address, AddressKind, Nationality, HouseRelation *string
	BirthDate                                                                                    *models.Date
	Permanent                                                                                    *bool
	HouseholdID                                                                                  *models.ID
}

func set[T any](dst *T, src *T) {
	if src != nil {
		*dst = *src
	}
}

func (p ResidentPatch) apply(d *models.ResidentDraft) {
	set(&d.Name, p.Name)
	set(&d.Sex, p.Sex)
	set(&d.DocumentType, p.DocumentType)
	set(&d.DocumentNo, p.DocumentNo)
	set(&d.Phone, p.Phone)
	set(&d.Address, p.Address)
	set(&d.AddressKind, p.AddressKind)
	set(&d.Nationality, p.Nationality)
	set(&d.HouseRelation, p.HouseRelation)
	set(&d.BirthDate, p.BirthDate)
	set(&d.Permanent, p.Permanent)
	set(&d.HouseholdID, p.HouseholdID)
}

// UpdateResident corrects a resident. version is the one the caller saw; a stale one is
// refused and the answer names the sent fields that hold something else by now.
func (v View) UpdateResident(ctx context.Context, id models.ID, version int, patch ResidentPatch) (models.Resident, error) {
	return once(ctx, v, func(tx *Tx) (models.Resident, error) {
		r, err := tx.lockResident(id)
		if err != nil {
			return r, err
		}
		old := models.DraftOf(r)
		d := old
		patch.apply(&d)
		if r.Version != version {
			return r, stale(r.Version, differing(old, d))
		}
		if err := tx.living(r); err != nil {
			return r, err
		}
		var p models.Problems
		d.Check(&p, v.idRules())
		if err := p.Err(); err != nil {
			return r, err
		}
		changed := models.ChangedFields(old, d)
		if len(changed) == 0 {
			return r, nil
		}
		if d.HouseholdID != old.HouseholdID {
			if err := tx.checkHousehold(d.HouseholdID); err != nil {
				return r, err
			}
		}
		if err := tx.amend(&r, d); err != nil {
			return r, err
		}
		tx.record("resident.update", "resident", r.ID, r.ID, changed...)
		return after(&r, tx.settle(&r))
	})
}

func differing(now, sent models.ResidentDraft) []models.FieldError {
	var out []models.FieldError
	for _, f := range models.ChangedFields(now, sent) {
		out = append(out, models.FieldError{Field: f, Code: "stale", Message: "该字段的当前内容与您提交的不同"})
	}
	return out
}

// amend saves a checked draft over an existing resident.
func (tx *Tx) amend(r *models.Resident, d models.ResidentDraft) error {
	if _, err := tx.place(r, d); err != nil {
		return err
	}
	r.Version++
	err := tx.db.Omit(append([]string{"created_at"}, countedColumns...)...).Save(r).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return ErrKnownResident
	}
	return err
}

// living refuses changes to someone who died, moved out or was merged.
func (tx *Tx) living(r models.Resident) error {
	if r.Status == models.Living {
		return nil
	}
	return models.Errorf(models.Conflict, "not_living", "该居民已%s,不能再修改", map[models.LifeStatus]string{
		models.Dead: "登记死亡", models.MovedOut: "迁出本区", models.Merged: "合并到其他档案"}[r.Status])
}
