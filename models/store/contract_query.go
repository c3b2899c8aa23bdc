package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// ContractFilter narrows a list of contracts.
type ContractFilter struct {
	ResidentID, TeamID, InstitutionID models.ID
	Status                            models.ContractStatus
	Disputed                          *bool
	EndingBy                          models.Date // active ones that end on or before the day
}

// ContractLine is one contract of a list, with whom it is about.
type ContractLine struct {
	Contract models.Contract
	Resident models.Resident // id, name, document and telephone
	TeamName string
}

// Contracts lists the contracts of the actor's scope, newest first, witnessed as one read.
func (v View) Contracts(ctx context.Context, f ContractFilter, p Page) (List[ContractLine], error) {
	l, err := v.contractListing(ctx, f)
	if err != nil {
		return List[ContractLine]{}, err
	}
	out, err := v.contractPage(ctx, l, p)
	if err != nil {
		return out, err
	}
	ids := make([]string, len(out.Items))
	for i, c := range out.Items {
		ids[i] = c.Contract.ID.String()
	}
	return out, v.witnessed(ctx, "contract.list", "contract", 0, f.ResidentID, ids...)
}

func (v View) contractPage(ctx context.Context, l listing[models.Contract], p Page) (List[ContractLine], error) {
	page, err := l.page(p)
	if err != nil {
		return List[ContractLine]{}, err
	}
	lines, err := contractLines(v.query(ctx), page.Items)
	return List[ContractLine]{lines, page.Next}, err
}

func (v View) contractListing(ctx context.Context, f ContractFilter) (listing[models.Contract], error) {
	q := v.query(ctx)
	if f.ResidentID != 0 {
		if _, err := v.resident(v.query(ctx), f.ResidentID); err != nil {
			return listing[models.Contract]{}, err
		}
		q = q.Where("contracts.resident_id = ?", f.ResidentID)
	} else {
		q = v.contracts(q)
	}
	if f.TeamID != 0 {
		q = q.Where("contracts.team_id = ?", f.TeamID)
	}
	if f.InstitutionID != 0 {
		q = q.Where("contracts.institution_id = ?", f.InstitutionID)
	}
	if f.Status != "" {
		q = q.Where("contracts.status = ?", f.Status)
	}
	if f.Disputed != nil {
		q = q.Where("contracts.disputed = ?", *f.Disputed)
	}
	if !f.EndingBy.IsZero() {
		q = q.Where("contracts.status = ? AND contracts.end_date <= ?", models.Active, f.EndingBy)
	}
	return listing[models.Contract]{q.Preload("Packages"), order{[]string{"contracts.id"}, true}, func(c models.Contract) []any { return []any{int64(c.ID)} }}, nil
}

// contractLines adds residents and teams with one query each.
func contractLines(db *gorm.DB, contracts []models.Contract) ([]ContractLine, error) {
	var people, teams []models.ID
	for _, c := range contracts {
		people, teams = append(people, c.ResidentID), append(teams, c.TeamID)
	}
	residents, err := byID(db.Select("id", "name", "document_no", "phone"), people, func(r models.Resident) models.ID { return r.ID })
	if err != nil {
		return nil, err
	}
	named, err := names[models.Team](db, teams)
	if err != nil {
		return nil, err
	}
	out := make([]ContractLine, len(contracts))
	for i, c := range contracts {
		out[i] = ContractLine{c, residents[c.ResidentID], named[c.TeamID]}
	}
	return out, nil
}

// byID loads the rows of the ids into a map, with one query.
func byID[T any](db *gorm.DB, ids []models.ID, key func(T) models.ID) (map[models.ID]T, error) {
	var rows []T
	if err := db.Find(&rows, "id IN ?", anyOf(ids)).Error; err != nil {
		return nil, err
	}
	out := make(map[models.ID]T, len(rows))
	for _, r := range rows {
		out[key(r)] = r
	}
	return out, nil
}

// ContractFile is one contract with its history.
type ContractFile struct {
	ContractLine
	Events    []models.ContractEvent
	Agreement models.Agreement // hash and evidence, without the text
	Actions   []models.ContractMove
}

// Contract reads one contract, witnessed.
func (v View) Contract(ctx context.Context, id models.ID) (ContractFile, error) {
	db := v.query(ctx)
	c, err := v.contract(db, id)
	if err != nil {
		return ContractFile{}, err
	}
	lines, err := contractLines(db, []models.Contract{c})
	if err != nil {
		return ContractFile{}, err
	}
	out := ContractFile{ContractLine: lines[0], Actions: c.Allowed(v.actor)}
	if err := db.Order("id").Find(&out.Events, "contract_id = ?", id).Error; err != nil {
		return out, err
	}
	names, err := makers(db, out.Events, func(e models.ContractEvent) string { return e.By })
	if err != nil {
		return out, err
	}
	for i := range out.Events {
		out.Events[i].ByName = names[out.Events[i].By]
	}
	if err := db.Select("hash", "way", "identity_check").Limit(1).Find(&out.Agreement, "contract_id = ?", id).Error; err != nil {
		return out, err
	}
	return out, v.witnessed(ctx, "contract.read", "contract", c.ID, c.ResidentID)
}

// ContractLine adds the resident and the team to a contract the caller has just changed.
func (s *Store) ContractLine(ctx context.Context, c models.Contract) (ContractLine, error) {
	lines, err := contractLines(s.query(ctx), []models.Contract{c})
	if err != nil {
		return ContractLine{}, err
	}
	return lines[0], nil
}
