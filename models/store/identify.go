package store

import (
	"context"
	"errors"
	"strings"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/codes"
)

// Patient is who stands before the staff of a hospital, by what is printed on the ID card.
type Patient struct{ Name, IDNumber string }

// identify finds a living resident of the district by full name and ID number, past the
// scope: a hospital treats people of every team. Each attempt is written down, and one that
// does not fit both is Invalid for the number, whatever it was that did not fit.
func (v View) identify(ctx context.Context, p Patient) (models.ID, error) {
	number, err := v.idRules().ParseIDNumber(p.IDNumber)
	if err != nil {
		return 0, models.InvalidField("patient.id_number", "invalid", "身份证号码不正确,请核对是否输错")
	}
	var r models.Resident
	err = v.query(ctx).Take(&r, "document_index = ?", v.documentIndex(string(codes.DocResidentID), number.Number)).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, err
	}
	if r.ID == 0 || r.Name != strings.TrimSpace(p.Name) || r.Status != models.Living {
		if err := v.witnessed(ctx, "resident.identify", "resident", 0, 0, "missed"); err != nil {
			return 0, err
		}
		return 0, models.InvalidField("patient.id_number", "not_on_file", "没有找到姓名与身份证号码相符的本区居民")
	}
	return r.ID, v.witnessed(ctx, "resident.identify", "resident", r.ID, r.ID)
}
