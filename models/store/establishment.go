package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"jiayi/models"
)

// taken turns a duplicated key into Conflict taken of the noun that has the code.
func taken(err error, what string) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Errorf(models.Conflict, "taken", "%s已被使用", what)
	}
	return err
}

// manages tells whether the actor manages the institution: the district any, an
// institution's manager the own one.
func (tx *Tx) manages(institution models.ID) bool {
	a := tx.actor
	return a.Can(models.OrgWrite) && (a.Reach() == models.DistrictReach || a.InstitutionID == institution)
}

// SaveInstitution enters an institution, or with an id replaces what is known of one. It is
// for the district; it returns Invalid naming the field, Conflict taken, and
// PreconditionFailed against an old version.
func (v View) SaveInstitution(ctx context.Context, in models.Institution, version int) (InstitutionFile, error) {
	in, err := once(ctx, v, func(tx *Tx) (models.Institution, error) {
		in := in
		if tx.actor.Reach() != models.DistrictReach {
			return in, models.ErrForbidden
		}
		var p models.Problems
		in.Clean(&p)
		if err := p.Err(); err != nil {
			return in, err
		}
		if in.ID == 0 {
			in.Active, in.Version = true, 1
			parent, err := get[models.Institution](tx.db, in.ParentID)
			if err != nil {
				return in, unknown(err, "parent_id", "上级机构不存在")
			}
			if err := tx.db.Create(&in).Error; err != nil {
				return in, taken(err, "机构编码")
			}
			in.Path = fmt.Sprintf("%s%d/", parent.Path, in.ID)
			tx.record("institution.create", "institution", in.ID, 0)
			return in, tx.db.Model(&in).UpdateColumn("path", in.Path).Error
		}
		old, err := lock[models.Institution](tx, in.ID)
		if err != nil {
			return in, err
		}
		if err := checkVersion(old.Version, version); err != nil {
			return in, err
		}
		if old.ParentID == 0 || in.Level != old.Level && old.Level.HoldsTeams() && !in.Level.HoldsTeams() {
			return in, models.InvalidField("level", "inconsistent", "该机构的级别不能这样修改")
		}
		if !in.Active {
			var teams int64
			if err := tx.db.Model(&models.Team{}).Where("institution_id = ? AND status = ?", in.ID, models.TeamActive).Count(&teams).Error; err != nil {
				return in, err
			}
			if teams > 0 {
				return in, models.Errorf(models.Conflict, "has_teams", "该机构还有家庭医生团队,请先办理团队交接")
			}
		}
		in.ParentID, in.Path, in.CreatedAt, in.Version = old.ParentID, old.Path, old.CreatedAt, old.Version+1
		tx.record("institution.update", "institution", in.ID, 0)
		return after(&in, taken(tx.db.Omit("created_at").Save(&in).Error, "机构编码"))
	})
	if err != nil {
		return InstitutionFile{}, err
	}
	return v.Institution(ctx, in.ID)
}

// AddVillage enters a village in the care of a team. It returns Invalid naming the field,
// Forbidden for another institution's team, and Conflict taken.
func (v View) AddVillage(ctx context.Context, in models.Village) (models.Village, error) {
	return once(ctx, v, func(tx *Tx) (models.Village, error) {
		in := in
		in.ID = 0
		var p models.Problems
		in.Clean(&p)
		if err := p.Err(); err != nil {
			return in, err
		}
		team, err := tx.signableTeam(in.TeamID)
		if err != nil {
			return in, err
		}
		if !tx.manages(team.InstitutionID) {
			return in, models.ErrForbidden
		}
		in.InstitutionID, in.ClinicID, in.Version = team.InstitutionID, team.ClinicID, 1
		if err := tx.db.Create(&in).Error; err != nil {
			return in, taken(err, "网格编码")
		}
		tx.record("village.create", "village", in.ID, 0)
		return in, nil
	})
}

// RenameVillage replaces the names and the grid worker of a village. Its codes are part of
// record numbers and never change; its team changes by a handover.
func (v View) RenameVillage(ctx context.Context, in models.Village, version int) (models.Village, error) {
	return once(ctx, v, func(tx *Tx) (models.Village, error) {
		old, err := lock[models.Village](tx, in.ID)
		if err != nil {
			return old, err
		}
		if !tx.manages(old.InstitutionID) {
			return old, models.ErrForbidden
		}
		if err := checkVersion(old.Version, version); err != nil {
			return old, err
		}
		old.Name, old.Town, old.GridWorker = in.Name, in.Town, in.GridWorker
		var p models.Problems
		old.Clean(&p)
		if err := p.Err(); err != nil {
			return old, err
		}
		old.Version++
		tx.record("village.update", "village", in.ID, 0)
		return old, tx.db.Save(&old).Error
	})
}
