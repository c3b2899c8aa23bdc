package store

import (
	"errors"
	"fmt"

	"gorm.io/gorm"

	"jiayi/models"
)

// signer is who signs for the resident.
type signer struct {
	kind     models.SignerKind
	id       models.ID
	relation string
	name     string
}

// signer finds who signs: the resident of age, or a guardian with a recorded relation.
func (tx *Tx) signer(r models.Resident, s Signing) (signer, error) {
	by := s.SignerID
	if !tx.actor.IsStaff() {
		by = tx.actor.ResidentID
	}
	if by == 0 || by == r.ID {
		if r.Age(tx.today) < models.AgeOfConsent {
			return signer{}, models.InvalidField("signer_id", "minor", "未成年人须由监护人签约")
		}
		return signer{models.SelfSigned, r.ID, "", r.Name}, nil
	}
	var g models.Guardian
	err := tx.db.Take(&g, "guardian_id = ? AND ward_id = ? AND active = ?", by, r.ID, true).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && !g.On(tx.today) {
		return signer{}, models.InvalidField("signer_id", "not_guardian", "代签人没有登记的监护或委托关系")
	} else if err != nil {
		return signer{}, err
	}
	person, err := get[models.Resident](tx.db, by)
	return signer{models.GuardianSigned, by, g.Relation, person.Name}, err
}

// packagesFor loads the base packages and the chosen ones, which must suit the resident.
func (tx *Tx) packagesFor(r models.Resident, chosen []models.ID) ([]models.Package, error) {
	var all []models.Package
	if err := tx.db.Preload("Items").Order("id").Find(&all, "active = ? AND (base = ? OR id IN ?)", true, true, anyOf(chosen)).Error; err != nil {
		return nil, err
	}
	found := map[models.ID]bool{}
	for _, p := range all {
		found[p.ID] = true
	}
	for i, id := range chosen {
		if !found[id] {
			return nil, models.InvalidField(fmt.Sprintf("package_ids[%d]", i), "unknown", "服务包不存在或已停用")
		}
	}
	var memberships []models.Membership
	if err := tx.db.Find(&memberships, "resident_id = ? AND `open` = ?", r.ID, true).Error; err != nil {
		return nil, err
	}
	is := models.PopulationsOn(r.BirthDate, memberships, tx.today)
	for _, p := range all {
		if p.Population != "" && !is.Has(p.Population) {
			return nil, models.InvalidField("package_ids", "not_eligible", fmt.Sprintf("“%s”仅适用于%s", p.Name, p.Population.Label()))
		}
	}
	return all, nil
}

func (tx *Tx) currentTemplate() (models.Template, error) {
	var t models.Template
	err := tx.db.Order("version DESC").Take(&t, "begins_on <= ?", tx.today).Error
	return t, notFound(err)
}
