package store

import (
	"context"

	"jiayi/models"
)

// StaffFilter narrows a list of staff.
type StaffFilter struct {
	InstitutionID models.ID
	Q             string // start of the name
	Gone          bool   // also those who left
}

// StaffEntry is a staff member with today's teams.
type StaffEntry struct {
	models.Staff
	Teams []models.Team
}

// StaffList lists the people who work at institutions: the district sees all, others those of
// their own institution. It is not for residents.
func (v View) StaffList(ctx context.Context, f StaffFilter, p Page) (List[StaffEntry], error) {
	db, a := v.query(ctx), v.actor
	switch {
	case !a.IsStaff():
		return List[StaffEntry]{}, models.ErrForbidden
	case a.Reach() != models.DistrictReach && a.Role != models.SystemAdmin:
		db = db.Where("institution_id = ?", some(a.InstitutionID))
	}
	if f.InstitutionID != 0 {
		db = db.Where("institution_id = ?", f.InstitutionID)
	}
	if f.Q != "" {
		db = startsWith(db, "name", f.Q)
	}
	if !f.Gone {
		db = db.Where("active = ?", true)
	}
	list, err := paginate(db, p, order{columns: []string{"id"}}, func(s models.Staff) []any { return []any{int64(s.ID)} })
	if err != nil {
		return List[StaffEntry]{}, err
	}
	ids := make([]models.ID, len(list.Items))
	for i, s := range list.Items {
		ids[i] = s.ID
	}
	var serving []models.TeamMember
	today := v.Today()
	if err := v.query(ctx).Order("id").Find(&serving, "staff_id IN ? AND `begin` <= ? AND (`end` IS NULL OR `end` >= ?)", anyOf(ids), today, today).Error; err != nil {
		return List[StaffEntry]{}, err
	}
	var teams []models.ID
	for _, m := range serving {
		teams = append(teams, m.TeamID)
	}
	known, err := byID(v.query(ctx), teams, func(t models.Team) models.ID { return t.ID })
	if err != nil {
		return List[StaffEntry]{}, err
	}
	out := List[StaffEntry]{Items: make([]StaffEntry, len(list.Items)), Next: list.Next}
	for i, s := range list.Items {
		out.Items[i].Staff = s
		for _, m := range serving {
			if m.StaffID == s.ID {
				out.Items[i].Teams = append(out.Items[i].Teams, known[m.TeamID])
			}
		}
	}
	return out, nil
}

// AddStaff enters a staff member. It returns Invalid naming the field, Forbidden for another
// institution, and Conflict taken for the number.
func (v View) AddStaff(ctx context.Context, in models.Staff) (models.Staff, error) {
	return once(ctx, v, func(tx *Tx) (models.Staff, error) {
		in := in
		in.ID, in.Active, in.Version = 0, true, 1
		if err := tx.checkStaff(&in); err != nil {
			return in, err
		}
		if err := tx.db.Create(&in).Error; err != nil {
			return in, taken(err, "工号")
		}
		tx.record("staff.create", "staff", in.ID, 0)
		return in, nil
	})
}

func (tx *Tx) checkStaff(in *models.Staff) error {
	if !tx.manages(in.InstitutionID) {
		return models.ErrForbidden
	}
	var p models.Problems
	in.Clean(&p)
	if err := p.Err(); err != nil {
		return err
	}
	_, err := get[models.Institution](tx.db, in.InstitutionID)
	return unknown(err, "institution_id", "机构不存在")
}

// ChangeStaff replaces what is known of a staff member; without a phone the old one stays. It
// returns what AddStaff does, PreconditionFailed against an old version, and Conflict serves
// for who leaves the institution while a team counts on them: that is a handover.
func (v View) ChangeStaff(ctx context.Context, in models.Staff, phone *string, version int) (models.Staff, error) {
	return once(ctx, v, func(tx *Tx) (models.Staff, error) {
		in := in
		old, err := lock[models.Staff](tx, in.ID)
		if err != nil {
			return in, err
		}
		if !tx.manages(old.InstitutionID) {
			return in, models.ErrNotFound
		}
		if err := checkVersion(old.Version, version); err != nil {
			return in, err
		}
		in.Phone = old.Phone
		set(&in.Phone, phone)
		if err := tx.checkStaff(&in); err != nil {
			return in, err
		}
		if !in.Active || in.InstitutionID != old.InstitutionID {
			var serves int64
			err := tx.db.Model(&models.TeamMember{}).Where("staff_id = ? AND (`end` IS NULL OR `end` >= ?)", in.ID, tx.today).Count(&serves).Error
			if err != nil {
				return in, err
			}
			if serves > 0 {
				return in, models.Errorf(models.Conflict, "serves", "该人员仍在团队中,请先办理离队交接")
			}
		}
		in.Version = old.Version + 1
		tx.record("staff.update", "staff", in.ID, 0)
		return after(&in, taken(tx.db.Save(&in).Error, "工号"))
	})
}
