package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// ReferralRow are the figures of one scope (domain §6.1), counted at the team that sent and
// by the day on which a referral was submitted, or sent down:
//   - Up, Down, Across: referrals submitted up and across, and sent down, whether up before or not;
//   - 到位率: Arrived / Accepted of those submitted;
//   - 按时应答率: OnTime / Due, of those answered or whose deadline went by;
//   - 结果随访率: Followed / FollowDue, of those accepted whose two weeks went by or whose result is known.
type ReferralRow struct {
	Kind                                           models.ScopeKind `gorm:"-"`
	ScopeID                                        models.ID        `gorm:"-"`
	Name                                           string           `gorm:"-"`
	Up, Down, Across, ThreeHigh, Accepted, Arrived int
	Due, OnTime, FollowDue, Followed               int
}

// ReferralStats counts referrals of a period by district, institution or team. What a scope
// shows follows the actor's scope, as for contract rates.
func (v View) ReferralStats(ctx context.Context, q PeriodQuery) (PeriodQuery, []ReferralRow, error) {
	if err := q.check(v.Today()); err != nil {
		return q, nil, err
	}
	var out []ReferralRow
	err := v.snapshot(ctx, func(db *gorm.DB) error {
		scopes, column, err := v.periodScopes(db, q, "sender_inst_id", "sender_id")
		if err != nil {
			return err
		}
		counted, err := referralCounts(db, column, q, v.Now(), v.Today())
		if err != nil {
			return err
		}
		out = make([]ReferralRow, len(scopes))
		for i, sc := range scopes {
			out[i] = counted[sc.id]
			out[i].Kind, out[i].ScopeID, out[i].Name = q.By, sc.shown, sc.name
		}
		return nil
	})
	return q, out, err
}

// referralCounts counts by the scope's column.
func referralCounts(db *gorm.DB, column string, q PeriodQuery, now time.Time, today models.Date) (map[models.ID]ReferralRow, error) {
	var sent, down []struct {
		Scope models.ID
		ReferralRow
	}
	err := db.Table("referrals").Where("submitted_on BETWEEN ? AND ?", q.From, q.To).Group("scope").
		Select(column+" AS scope, SUM(CASE WHEN direction = 1 THEN 1 ELSE 0 END) AS up, SUM(CASE WHEN direction = 3 THEN 1 ELSE 0 END) AS across, "+
			"SUM(CASE WHEN three_high THEN 1 ELSE 0 END) AS three_high, "+
			"SUM(CASE WHEN accepted_at IS NOT NULL THEN 1 ELSE 0 END) AS accepted, SUM(CASE WHEN arrived_at IS NOT NULL THEN 1 ELSE 0 END) AS arrived, "+
			"SUM(CASE WHEN answered_at IS NOT NULL OR status = ? AND answer_by <= ? THEN 1 ELSE 0 END) AS due, "+
			"SUM(CASE WHEN answered_at <= answer_by THEN 1 ELSE 0 END) AS on_time, "+
			"SUM(CASE WHEN follow_due_on < ? OR result <> 0 THEN 1 ELSE 0 END) AS follow_due, "+
			"SUM(CASE WHEN result <> 0 AND followed_on <= follow_due_on THEN 1 ELSE 0 END) AS followed",
			models.ReferralSubmitted, now, today).Scan(&sent).Error
	if err != nil {
		return nil, err
	}
	err = db.Table("referrals").Where("down_on BETWEEN ? AND ?", q.From, q.To).Group("scope").Select(column + " AS scope, COUNT(*) AS down").Scan(&down).Error
	if err != nil {
		return nil, err
	}
	out := map[models.ID]ReferralRow{}
	for _, r := range sent {
		out[r.Scope] = r.ReferralRow
	}
	for _, r := range down {
		row := out[r.Scope]
		row.Down = r.Down
		out[r.Scope] = row
	}
	return out, nil
}
