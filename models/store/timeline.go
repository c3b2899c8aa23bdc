package store

import (
	"context"
	"sort"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// TimelineEntry is one thing that happened to a person.
type TimelineEntry struct {
	At    time.Time
	Kind  string // membership, contract, followup, life, vital, referral, consult, discharge
	Title string // Chinese
	RefID models.ID
}

// timelineLimit bounds how many entries of each kind one page looks at.
const timelineLimit = MaxLimit

// Timeline lists everything that happened to one resident, newest first, before the
// given instant (zero for now).
func (v View) Timeline(ctx context.Context, id models.ID, before time.Time, limit int) ([]TimelineEntry, error) {
	db := v.query(ctx)
	r, err := v.resident(db, id)
	if err != nil {
		return nil, err
	}
	if before.IsZero() {
		before = v.Now().Add(time.Second)
	}
	if limit <= 0 || limit > MaxLimit {
		limit = DefaultLimit
	}
	var out []TimelineEntry
	for _, source := range []func(*gorm.DB, models.Resident) ([]TimelineEntry, error){lifeEntries, membershipEntries, contractEntries, visitEntries, vitalEntries(before), referralEntries, consultEntries, dischargeEntries} {
		entries, err := source(db, r)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.At.Before(before) {
				out = append(out, e)
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].At.After(out[j].At) })
	if len(out) > limit {
		out = out[:limit]
	}
	return out, v.witnessed(ctx, "resident.timeline", "resident", id, id)
}

func lifeEntries(_ *gorm.DB, r models.Resident) ([]TimelineEntry, error) {
	out := []TimelineEntry{{r.CreatedAt, "life", "建立健康档案", r.ID}}
	title := map[models.LifeStatus]string{models.Dead: "登记死亡", models.MovedOut: "迁出本区", models.Merged: "档案合并"}[r.Status]
	if title != "" {
		out = append(out, TimelineEntry{r.StatusOn.Start(), "life", title, r.ID})
	}
	return out, nil
}

func membershipEntries(db *gorm.DB, r models.Resident) ([]TimelineEntry, error) {
	var rows []models.Membership
	err := db.Order("id DESC").Limit(timelineLimit).Find(&rows, "resident_id = ?", r.ID).Error
	var out []TimelineEntry
	for _, m := range rows {
		out = append(out, TimelineEntry{m.Begin.Start(), "membership", "纳入" + m.Code.Label(), m.ID})
		if !m.End.IsZero() {
			out = append(out, TimelineEntry{m.End.Start(), "membership", "结束" + m.Code.Label() + "管理", m.ID})
		}
	}
	return out, err
}

func contractEntries(db *gorm.DB, r models.Resident) ([]TimelineEntry, error) {
	var rows []models.ContractEvent
	err := db.Joins("JOIN contracts c ON c.id = contract_events.contract_id").Order("contract_events.id DESC").Limit(timelineLimit).
		Find(&rows, "c.resident_id = ?", r.ID).Error
	out := make([]TimelineEntry, len(rows))
	for i, e := range rows {
		out[i] = TimelineEntry{e.At, "contract", models.ContractMoveLabels[e.Move], e.ContractID}
	}
	return out, err
}

func visitEntries(db *gorm.DB, r models.Resident) ([]TimelineEntry, error) {
	var rows []models.Encounter
	err := db.Order("id DESC").Limit(timelineLimit).Find(&rows, "resident_id = ?", r.ID).Error
	out := make([]TimelineEntry, len(rows))
	for i, e := range rows {
		out[i] = TimelineEntry{e.VisitedOn.Start(), "followup", "随访", e.ID}
	}
	return out, err
}
