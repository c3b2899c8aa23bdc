package store

import (
	"context"

	"jiayi/models"
)

// AddPackage enters a service package. What contracts promise must not change under them, so
// that a package is never edited: a new one takes the place of the one it replaces, which new
// contracts do not hold any more. It returns Invalid naming the field and Conflict taken.
func (v View) AddPackage(ctx context.Context, k models.Package, replaces models.ID) (models.Package, error) {
	return once(ctx, v, func(tx *Tx) (models.Package, error) {
		k := k
		k.ID, k.Active, k.Version = 0, true, 1
		var p models.Problems
		k.Clean(&p)
		if err := p.Err(); err != nil {
			return k, err
		}
		if replaces != 0 {
			old, err := lock[models.Package](tx, replaces)
			if err != nil || !old.Active || old.Base != k.Base {
				return k, unknown(orNotFound(err), "replaces_id", "只能替换在用的同类服务包")
			}
			if err := tx.retire(&old); err != nil {
				return k, err
			}
		}
		if err := tx.db.Create(&k).Error; err != nil {
			return k, taken(err, "服务包编码")
		}
		tx.record("package.create", "package", k.ID, 0, k.Code)
		return k, nil
	})
}

// RetirePackage takes a package out of what is signed. The last base package stays.
func (v View) RetirePackage(ctx context.Context, id models.ID, version int) (models.Package, error) {
	return once(ctx, v, func(tx *Tx) (models.Package, error) {
		k, err := lock[models.Package](tx, id)
		if err != nil {
			return k, err
		}
		if err := checkVersion(k.Version, version); err != nil {
			return k, err
		}
		if !k.Active {
			return k, models.Errorf(models.Conflict, "retired", "该服务包已停用")
		}
		if k.Base {
			return k, models.Errorf(models.Conflict, "base_package", "基础包不能停用,请以新的基础包替换")
		}
		if err := tx.retire(&k); err != nil {
			return k, err
		}
		return k, tx.db.Order("id").Find(&k.Items, "package_id = ?", id).Error
	})
}

func (tx *Tx) retire(k *models.Package) error {
	k.Active = false
	k.Version++
	tx.record("package.retire", "package", k.ID, 0, k.Code)
	return tx.db.Model(k).Select("active", "version", "updated_at").Updates(k).Error
}

// Templates lists the versions of the agreement text, the newest first.
func (v View) Templates(ctx context.Context) ([]models.Template, error) {
	var out []models.Template
	return out, v.query(ctx).Order("version DESC").Limit(MaxLimit).Find(&out).Error
}

// AddTemplate enters the next version of the agreement text. Contracts keep the text they were
// signed with; new ones use the version that has begun. It returns Invalid naming the field.
func (v View) AddTemplate(ctx context.Context, t models.Template) (models.Template, error) {
	return once(ctx, v, func(tx *Tx) (models.Template, error) {
		t := t
		var p models.Problems
		t.Clean(&p, tx.today)
		if err := p.Err(); err != nil {
			return t, err
		}
		var last models.Template
		if err := tx.forUpdate(tx.db).Order("version DESC").Limit(1).Find(&last).Error; err != nil {
			return t, err
		}
		if t.BeginsOn.Before(last.BeginsOn) {
			return t, models.InvalidField("begins_on", "before_last", "启用日期不能早于上一版协议")
		}
		t.ID, t.Version, t.CreatedAt = 0, last.Version+1, tx.now
		if err := tx.db.Create(&t).Error; err != nil {
			return t, taken(err, "协议版本")
		}
		tx.record("agreement_template.create", "agreement_template", t.ID, 0)
		return t, nil
	})
}
