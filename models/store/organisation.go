package store

import (
	"context"

	"jiayi/models"
)

// Institutions lists the institutions of the district, in tree order.
func (v View) Institutions(ctx context.Context, level models.InstitutionLevel, parent models.ID, p Page) (List[models.Institution], error) {
	q := v.query(ctx)
	if level != "" {
		q = q.Where("level = ?", level)
	}
	if parent != 0 {
		q = q.Where("parent_id = ?", parent)
	}
	return paginate(q, p, order{columns: []string{"id"}}, func(i models.Institution) []any { return []any{int64(i.ID)} })
}

// InstitutionFile is one institution with the alliances it belongs to.
type InstitutionFile struct {
	Institution models.Institution
	Alliances   []models.Alliance
}

// Institution reads one institution.
func (v View) Institution(ctx context.Context, id models.ID) (InstitutionFile, error) {
	db := v.query(ctx)
	i, err := get[models.Institution](db, id)
	if err != nil {
		return InstitutionFile{}, err
	}
	out := InstitutionFile{Institution: i}
	err = db.Where("id IN (SELECT alliance_id FROM alliance_members WHERE institution_id = ?)", id).Order("id").Find(&out.Alliances).Error
	return out, err
}

// AllianceFile is one alliance with its members.
type AllianceFile struct {
	Alliance     models.Alliance
	Members      []models.AllianceMember
	Institutions map[models.ID]models.Institution
}

// Alliances lists the hospital alliances with their members.
func (v View) Alliances(ctx context.Context) ([]AllianceFile, error) {
	db := v.query(ctx)
	var heads []models.Alliance
	if err := db.Order("id").Find(&heads).Error; err != nil {
		return nil, err
	}
	var members []models.AllianceMember
	if err := db.Order("id").Find(&members).Error; err != nil {
		return nil, err
	}
	ids := make([]models.ID, len(members))
	for i, m := range members {
		ids[i] = m.InstitutionID
	}
	named, err := byID(db, ids, func(i models.Institution) models.ID { return i.ID })
	if err != nil {
		return nil, err
	}
	out := make([]AllianceFile, len(heads))
	for i, a := range heads {
		out[i] = AllianceFile{Alliance: a, Institutions: named}
		for _, m := range members {
			if m.AllianceID == a.ID {
				out[i].Members = append(out[i].Members, m)
			}
		}
	}
	return out, nil
}

// VillageFilter narrows a list of villages.
type VillageFilter struct {
	InstitutionID, TeamID models.ID
	Q                     string // start of the name
}

// Villages lists the villages and neighbourhoods of the district.
func (v View) Villages(ctx context.Context, f VillageFilter, p Page) (List[models.Village], error) {
	q := v.query(ctx)
	if f.InstitutionID != 0 {
		q = q.Where("institution_id = ?", f.InstitutionID)
	}
	if f.TeamID != 0 {
		q = q.Where("team_id = ?", f.TeamID)
	}
	if f.Q != "" {
		q = startsWith(q, "name", f.Q)
	}
	return paginate(q, p, order{columns: []string{"id"}}, func(x models.Village) []any { return []any{int64(x.ID)} })
}

// TeamFilter narrows a list of teams.
type TeamFilter struct {
	InstitutionID, VillageID models.ID
	Closed                   bool   // also those that closed
	Q                        string // start of the name
}

// Teams lists the family-doctor teams of the district.
func (v View) Teams(ctx context.Context, f TeamFilter, p Page) (List[models.Team], error) {
	q := v.query(ctx)
	if !f.Closed {
		q = q.Where("status = ?", models.TeamActive)
	}
	if f.InstitutionID != 0 {
		q = q.Where("institution_id = ?", f.InstitutionID)
	}
	if f.VillageID != 0 {
		q = q.Where("id IN (SELECT team_id FROM villages WHERE id = ?)", f.VillageID)
	}
	if f.Q != "" {
		q = startsWith(q, "name", f.Q)
	}
	return paginate(q, p, order{columns: []string{"id"}}, func(t models.Team) []any { return []any{int64(t.ID)} })
}

// TeamFile is one team with its people, villages and partner units.
type TeamFile struct {
	Team        models.Team
	Institution models.Institution
	Members     []models.TeamMember // serving today
	Staff       map[models.ID]models.Staff
	Villages    []models.Village
	Links       []models.TeamPartner
	Partners    map[models.ID]models.Partner
	Capacity    int
}

// Team reads one team.
func (v View) Team(ctx context.Context, id models.ID) (TeamFile, error) {
	db, today := v.query(ctx), v.Today()
	t, err := get[models.Team](db, id)
	if err != nil {
		return TeamFile{}, err
	}
	out := TeamFile{Team: t, Capacity: t.Capacity(v.opt.CapacityPerDoctor)}
	if out.Institution, err = get[models.Institution](db, t.InstitutionID); err != nil {
		return out, err
	}
	if err := db.Order("leader DESC, id").Find(&out.Members, "team_id = ? AND `begin` <= ? AND (`end` IS NULL OR `end` >= ?)", id, today, today).Error; err != nil {
		return out, err
	}
	var staff, partners []models.ID
	for _, m := range out.Members {
		staff = append(staff, m.StaffID)
	}
	if out.Staff, err = byID(db, staff, func(s models.Staff) models.ID { return s.ID }); err != nil {
		return out, err
	}
	if err := db.Order("id").Find(&out.Villages, "team_id = ?", id).Error; err != nil {
		return out, err
	}
	if err := db.Order("id").Find(&out.Links, "team_id = ? AND (`end` IS NULL OR `end` >= ?)", id, today).Error; err != nil {
		return out, err
	}
	for _, l := range out.Links {
		partners = append(partners, l.PartnerID)
	}
	out.Partners, err = byID(db, partners, func(p models.Partner) models.ID { return p.ID })
	return out, err
}

// Partners lists the partner units.
func (v View) Partners(ctx context.Context, kind string, p Page) (List[models.Partner], error) {
	q := v.query(ctx)
	if kind != "" {
		q = q.Where("kind = ?", kind)
	}
	return paginate(q, p, order{columns: []string{"id"}}, func(x models.Partner) []any { return []any{int64(x.ID)} })
}

// Packages lists the service packages with their items: those that are signed, or all, as
// contracts may still hold the others.
func (v View) Packages(ctx context.Context, all bool) ([]models.Package, error) {
	db := v.query(ctx)
	if !all {
		db = db.Where("active = ?", true)
	}
	var out []models.Package
	return out, db.Preload("Items").Order("id").Find(&out).Error
}

// CurrentTemplate reads the agreement text that new contracts are signed with.
func (v View) CurrentTemplate(ctx context.Context) (models.Template, error) {
	tx := Tx{db: v.query(ctx), s: v.Store, today: v.Today()}
	return tx.currentTemplate()
}
