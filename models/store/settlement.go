package store

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"jiayi/models"
)

// Correction says which closed settlement a new one replaces, and why; the zero Correction
// replaces none.
type Correction struct {
	ID     models.ID
	Reason string
}

// SettleFees makes a draft of the division of a team's signing fees: the list price of the
// packages of the contracts that began in the period. It returns Invalid for what
// FeePeriod.Check finds, for an unknown team and for a correction of what is not closed.
func (v View) SettleFees(ctx context.Context, f models.FeePeriod, c Correction) (models.Settlement, error) {
	return once(ctx, v, func(tx *Tx) (models.Settlement, error) {
		s := models.Settlement{Kind: models.FeeSettlement, TeamID: f.TeamID, From: f.From, To: f.To}
		team, err := get[models.Team](tx.db, f.TeamID)
		if models.IsKind(err, models.NotFound) {
			return s, models.InvalidField("team_id", "unknown", "没有这个团队")
		} else if err != nil {
			return s, err
		}
		var p models.Problems
		f.Check(&p, tx.today)
		members, err := tx.feeShares(f)
		if err != nil {
			return s, err
		}
		for id := range f.Quality {
			if !anyShare(members, id) {
				p.Add("quality", "unknown", "质量得分中有人不是该团队期间内的成员")
				break
			}
		}
		if err := p.Err(); err != nil {
			return s, err
		}
		var paid struct{ Contracts, Cents int64 }
		err = tx.db.Model(&models.Contract{}).
			Joins("LEFT JOIN contract_packages k ON k.contract_id = contracts.id").
			Where("(contracts.credit_team_id = ? OR contracts.credit_team_id = 0 AND contracts.team_id = ?) AND contracts.begin_date BETWEEN ? AND ? AND contracts.status IN ?", f.TeamID, f.TeamID, f.From, f.To,
				[]models.ContractStatus{models.Active, models.Expired, models.Renewed, models.Transferred, models.Terminated}).
			Select("COUNT(DISTINCT contracts.id) AS contracts, COALESCE(SUM(k.price_cents), 0) AS cents").Scan(&paid).Error
		if err != nil {
			return s, err
		}
		s.Cents = paid.Cents
		s.Lines = models.DivideFees(team, paid.Contracts, paid.Cents, f.Settled, f.TeamShare, members)
		return after(&s, tx.draftSettlement(&s, c))
	})
}

func anyShare(members []models.FeeShare, id models.ID) bool {
	for _, m := range members {
		if m.StaffID == id {
			return true
		}
	}
	return false
}

// feeShares are the members who served in the period, with the visits they made for the
// team that still stand: neither voided nor denied.
func (tx *Tx) feeShares(f models.FeePeriod) ([]models.FeeShare, error) {
	var rows []models.TeamMember
	if err := tx.db.Order("id").Find(&rows, "team_id = ?", f.TeamID).Error; err != nil {
		return nil, err
	}
	var out []models.FeeShare
	var ids []models.ID
	for _, m := range rows {
		if m.Begin.After(f.To) || !m.End.IsZero() && m.End.Before(f.From) || anyShare(out, m.StaffID) {
			continue
		}
		quality, ok := f.Quality[m.StaffID]
		if !ok {
			quality = 100
		}
		out, ids = append(out, models.FeeShare{StaffID: m.StaffID, Role: m.Role, Quality: quality}), append(ids, m.StaffID)
	}
	known, err := names[models.Staff](tx.db, ids)
	if err != nil {
		return nil, err
	}
	var visits []struct {
		DoctorID models.ID
		N        int64
	}
	err = tx.db.Model(&models.Encounter{}).Select("doctor_id, COUNT(*) AS n").
		Where("team_id = ? AND visited_on BETWEEN ? AND ? AND voided = ? AND answer <> ?", f.TeamID, f.From, f.To, false, models.Denied).
		Group("doctor_id").Scan(&visits).Error
	for i := range out {
		out[i].Name = known[out[i].StaffID]
		for _, n := range visits {
			if n.DoctorID == out[i].StaffID {
				out[i].Visits = n.N
			}
		}
	}
	return out, err
}

// MaxSurplusCents bounds what one settlement divides: a thousand million yuan.
const MaxSurplusCents = 1e11

// Surplus is the insurance surplus of a period and who shares it, by score (hundredths, up to
// 10,000) and weight. The institutions of a closed assessment share by what they were
// assessed at, unless they are named with a score of their own.
type Surplus struct {
	From, To     models.Date
	Cents        int64
	AssessmentID models.ID
	Shares       []models.SurplusShare
}

// SettleSurplus makes a draft of the division of the insurance surplus among institutions.
// It returns Invalid naming the field.
func (v View) SettleSurplus(ctx context.Context, x Surplus, c Correction) (models.Settlement, error) {
	return once(ctx, v, func(tx *Tx) (models.Settlement, error) {
		from, to, cents := x.From, x.To, x.Cents
		s := models.Settlement{Kind: models.SurplusSettlement, From: from, To: to, Cents: cents}
		shares, err := tx.assessedShares(x)
		if err != nil {
			return s, err
		}
		var p models.Problems
		models.CheckPeriod(&p, from, to, tx.today)
		if cents < 1 || cents > MaxSurplusCents {
			p.Add("cents", "range", "金额应大于0且不超过10亿元")
		}
		ids := make([]models.ID, len(shares))
		for i, in := range shares {
			ids[i] = in.Institution.ID
		}
		known, err := byID(tx.db, ids, func(i models.Institution) models.ID { return i.ID })
		if err != nil {
			return s, err
		}
		seen := map[models.ID]bool{}
		for i := range shares {
			in := &shares[i]
			institution := known[in.Institution.ID]
			_, tiered := models.TierOf(institution.Level)
			switch {
			case institution.ID == 0:
				p.Add("institutions", "unknown", "机构不存在")
			case !tiered:
				p.Add("institutions", "unknown", institution.Name+"不参与结余分配")
			case seen[institution.ID]:
				p.Add("institutions", "repeated", institution.Name+"重复")
			case in.Score < 0 || in.Score > 10000 || in.Weight < 1 || in.Weight > 1000:
				p.Add("institutions", "range", institution.Name+":考核得分应为0至100,权重应为1至1000")
			}
			in.Institution, seen[institution.ID] = institution, true
		}
		if err := p.Err(); err != nil {
			return s, err
		}
		s.Lines = models.DivideSurplus(cents, shares)
		return after(&s, tx.draftSettlement(&s, c))
	})
}

// assessedShares are the shares of a surplus with those that the assessment gives.
func (tx *Tx) assessedShares(x Surplus) ([]models.SurplusShare, error) {
	shares := slices.Clone(x.Shares)
	if x.AssessmentID == 0 {
		if len(shares) == 0 {
			return nil, models.InvalidField("institutions", "required", "请填写参与分配的机构")
		}
		return shares, nil
	}
	a, err := get[models.Assessment](tx.db, x.AssessmentID)
	if err != nil || a.Status != models.AssessmentClosed {
		return nil, unknown(orNotFound(err), "assessment_id", "没有这次已公布的考核")
	}
	var scores []models.AssessmentScore
	if err := tx.db.Order("scope_id").Find(&scores, "assessment_id = ? AND kind = ?", a.ID, models.ScopeInstitution).Error; err != nil {
		return nil, err
	}
	for _, score := range scores {
		if !slices.ContainsFunc(x.Shares, func(s models.SurplusShare) bool { return s.Institution.ID == score.ScopeID }) {
			shares = append(shares, models.SurplusShare{Institution: models.Institution{ID: score.ScopeID}, Score: score.Score, Weight: 1})
		}
	}
	return shares, nil
}

// draftSettlement writes a worksheet down as a draft.
func (tx *Tx) draftSettlement(s *models.Settlement, c Correction) error {
	if c.ID != 0 {
		var p models.Problems
		have, err := get[models.Settlement](tx.db, c.ID)
		if err != nil && !models.IsKind(err, models.NotFound) {
			return err
		}
		if have.Status != models.SettlementClosed || have.Kind != s.Kind || have.TeamID != s.TeamID {
			p.Add("corrects_id", "unknown", "只能更正同一团队、同一类已结算的分配")
		}
		models.CheckNote(&p, "reason", "更正原因", strings.TrimSpace(c.Reason), models.MaxFinding)
		if err := p.Err(); err != nil {
			return err
		}
		s.CorrectsID, s.Reason = c.ID, strings.TrimSpace(c.Reason)
	}
	e, err := s.Move(models.SettlementMake, tx.actor, tx.actor.DistrictParty(), s.Reason)
	if err != nil {
		return err
	}
	s.Version = 1
	if err := tx.db.Create(s).Error; err != nil {
		return err
	}
	return tx.happened(e, s.ID, 0)
}

// CloseSettlement closes a draft for good. It returns Conflict settled_before when a closed
// settlement covers a day of the period already and is not the one corrected.
func (v View) CloseSettlement(ctx context.Context, id models.ID, version int) (models.Settlement, error) {
	return v.moveSettlement(ctx, id, version, models.SettlementClose, "", func(s models.Settlement, rows []models.Settlement) error {
		replaced := map[models.ID]bool{s.CorrectsID: true}
		for _, r := range rows {
			if r.Status == models.SettlementClosed && r.CorrectsID != 0 {
				replaced[r.CorrectsID] = true
			}
		}
		for _, r := range rows {
			twice := r.CorrectsID != 0 && r.CorrectsID == s.CorrectsID // two corrections of one
			overlaps := !r.From.After(s.To) && !r.To.Before(s.From)
			if r.Status == models.SettlementClosed && (twice || overlaps && !replaced[r.ID]) {
				return models.Errorf(models.Conflict, "settled_before", "%s至%s已结算,请作为更正提交", r.From, r.To)
			}
		}
		return nil
	})
}

// DiscardSettlement discards a draft, with the reason.
func (v View) DiscardSettlement(ctx context.Context, id models.ID, version int, reason string) (models.Settlement, error) {
	return v.moveSettlement(ctx, id, version, models.SettlementDiscard, strings.TrimSpace(reason), nil)
}

// moveSettlement makes a move under a lock of all settlements of the team and kind, so that
// two drafts of the same days cannot both be closed.
func (v View) moveSettlement(ctx context.Context, id models.ID, version int, m models.SettlementMove, reason string, check func(models.Settlement, []models.Settlement) error) (models.Settlement, error) {
	return once(ctx, v, func(tx *Tx) (models.Settlement, error) {
		s, err := get[models.Settlement](tx.db, id)
		if err != nil {
			return s, err
		}
		var rows []models.Settlement
		if err := tx.forUpdate(tx.db).Order("id").Find(&rows, "team_id = ? AND kind = ?", s.TeamID, s.Kind).Error; err != nil {
			return s, err
		}
		for _, r := range rows {
			if r.ID == id {
				s = r
			}
		}
		if err := checkVersion(s.Version, version); err != nil {
			return s, err
		}
		e, err := s.Move(m, tx.actor, tx.actor.DistrictParty(), reason)
		if err != nil {
			return s, err
		}
		if check != nil {
			if err := check(s, rows); err != nil {
				return s, err
			}
		}
		s.Version++
		if err := tx.db.Model(&s).Select("status", "version", "updated_at").Updates(&s).Error; err != nil {
			return s, err
		}
		if err := tx.happened(e, s.ID, 0); err != nil {
			return s, err
		}
		return tx.view().settlement(tx.db, id)
	})
}

// settlements are those the actor may see: managers of an institution see the fees of
// their own teams and the surplus, once closed.
func (v View) settlements(db *gorm.DB) *gorm.DB {
	switch a := v.actor; a.Reach() {
	case models.DistrictReach:
		return db
	case models.InstitutionReach:
		return db.Where("status = ? AND (team_id = 0 OR team_id IN (SELECT id FROM teams WHERE institution_id = ?))", models.SettlementClosed, some(a.InstitutionID))
	}
	return db.Where("1 = 0")
}

// Settlements lists settlements, the newest first, without their worksheets.
func (v View) Settlements(ctx context.Context, p Page) (List[models.Settlement], error) {
	return paginate(v.settlements(v.query(ctx)), p, order{columns: []string{"id"}, desc: true}, func(s models.Settlement) []any { return []any{int64(s.ID)} })
}

// Settlement is one settlement with its worksheet.
func (v View) Settlement(ctx context.Context, id models.ID) (models.Settlement, error) {
	return v.settlement(v.query(ctx), id)
}

func (v View) settlement(db *gorm.DB, id models.ID) (models.Settlement, error) {
	var s models.Settlement
	err := v.settlements(db).Preload("Lines", func(db *gorm.DB) *gorm.DB { return db.Order("id") }).Take(&s, "id = ?", id).Error
	return s, notFound(err)
}
