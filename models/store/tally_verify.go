package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// recountBatch is how many residents a recount reads at a time.
const recountBatch = 2000

// Recount is what the tallies should be, counted from the facts, and what they are.
type Recount struct {
	AsOf      models.Date // today, or a later day that a rehearsal has rolled to
	Rolled    bool        // the roll of that day has run; before it, the date's own changes show as drift
	Residents int         // residents looked at
	Figures   int         // figures compared
	Drift     []Drift     // figures that differ; empty is the promise
	Standings int         // residents whose stored standing is not what the facts say
	Loads     int         // teams whose load is not their number of current contracts
	Tasks     int         // tasks that are missing, or not what the facts say
}

// Clean tells whether nothing has drifted.
func (r Recount) Clean() bool {
	return len(r.Drift) == 0 && r.Standings == 0 && r.Loads == 0 && r.Tasks == 0
}

// VerifyTallies counts everyone anew from residents, memberships and contracts, within
// one snapshot, and holds the newest tallies against it.
func (s *Store) VerifyTallies(ctx context.Context) (Recount, error) {
	var out Recount
	err := s.snapshot(ctx, func(db *gorm.DB) error {
		last, err := s.lastDay(db)
		if err != nil {
			return err
		}
		out.AsOf = calendar.Later(last, s.Today())
		out.Rolled = last == out.AsOf
		sums, err := s.recount(db, &out)
		if err != nil {
			return err
		}
		if err := s.drift(db, sums, &out); err != nil {
			return err
		}
		var wrong int64
		err = db.Model(&models.Team{}).Where("signed_load <> (SELECT COUNT(*) FROM contracts WHERE contracts.team_id = teams.id AND contracts.slot = ?)", models.CurrentSlot).Count(&wrong).Error
		out.Loads = int(wrong)
		return err
	})
	return out, err
}

func (s *Store) recount(db *gorm.DB, out *Recount) (tallySums, error) {
	today := out.AsOf
	villages, err := allVillages(db)
	if err != nil {
		return nil, err
	}
	sums := tallySums{}
	err = s.eachStanding(db, today, func(r models.Resident, now models.Standing) error {
		out.Residents++
		if now != r.Standing {
			out.Standings++
		}
		sums.addStanding(today, villages[now.VillageID], now)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return sums, s.eachCare(db, today, func(old, now models.CareStanding, tasks int) error {
		if old.Adds() != now.Adds() {
			out.Standings++
		}
		out.Tasks += tasks
		sums.addCareStanding(today, villages[now.VillageID], now)
		return nil
	})
}

func (t tallySums) addCareStanding(day models.Date, v models.Village, s models.CareStanding) {
	for _, e := range careEntries(day, s, 1) {
		e.TeamID, e.InstitutionID = v.TeamID, v.InstitutionID
		t.addCare(day, e)
	}
}

// careBatch is how many residents a recount of care reads at a time.
const careBatch = 500

// eachCare counts the care of every resident on the day, in batches, beside what is
// stored, and the number of tasks that a plan made now would change. The standing is the
// one the facts give, not the stored one.
func (s *Store) eachCare(db *gorm.DB, day models.Date, fn func(old, now models.CareStanding, tasks int) error) error {
	var batch []models.Resident
	count := func() error {
		records, err := s.careRecords(db, batch, read{}, day)
		if err != nil {
			return err
		}
		ids := make([]models.ID, len(batch))
		for i, r := range batch {
			ids[i] = r.ID
		}
		tx := &Tx{db: db, s: s, today: day}
		stood, err := tx.careStandings(ids)
		if err != nil {
			return err
		}
		tasks, err := tx.knownTasks(ids)
		if err != nil {
			return err
		}
		for _, r := range batch {
			c := records[r.ID]
			courses := models.CoursesOn(r, c.History, day)
			now, _ := c.CareOn(courses, day)
			old := stood[r.ID]
			old.ResidentID = r.ID
			w := careWriter{tx: tx}
			w.plan(*c, courses, tasks[r.ID])
			if err := fn(old, now, len(w.changed)+len(w.opened)); err != nil {
				return err
			}
		}
		batch = batch[:0]
		return nil
	}
	err := s.eachStanding(db, day, func(r models.Resident, now models.Standing) error {
		r.Standing = now
		if batch = append(batch, r); len(batch) < careBatch {
			return nil
		}
		return count()
	})
	if err != nil || len(batch) == 0 {
		return err
	}
	return count()
}

func (t tallySums) addStanding(day models.Date, v models.Village, s models.Standing) {
	if s.VillageID == 0 {
		return
	}
	t.addEntry(day, standingEntry(day, v, s, 1))
}

func allVillages(db *gorm.DB) (map[models.ID]models.Village, error) {
	var rows []models.Village
	if err := db.Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make(map[models.ID]models.Village, len(rows))
	for _, v := range rows {
		out[v.ID] = v
	}
	return out, nil
}

// standingColumns are what a standing follows from; sealed columns stay closed.
var standingColumns = append([]string{
	"id", "birth_date", "permanent", "household_id", "created_at", "village_id", "status", "signed_team_id", "signed_inst_id", "area_team_id", "area_inst_id",
}, countedColumns...)

// countedColumns hold a resident's stored standing.
var countedColumns = []string{"counted_village_id", "counted_mask", "counted", "counted_signed", "counted_panel_id"}

// eachStanding computes the standing of every resident on the day, in batches.
func (s *Store) eachStanding(db *gorm.DB, day models.Date, fn func(models.Resident, models.Standing) error) error {
	for last := models.ID(0); ; {
		var batch []models.Resident
		if err := db.Select(standingColumns).Where("id > ?", last).Order("id").Limit(recountBatch).Find(&batch).Error; err != nil || len(batch) == 0 {
			return err
		}
		first, end := batch[0].ID, batch[len(batch)-1].ID
		var memberships []models.Membership
		if err := db.Find(&memberships, "resident_id BETWEEN ? AND ?", first, end).Error; err != nil {
			return err
		}
		var contracts []models.Contract
		if err := db.Find(&contracts, "resident_id BETWEEN ? AND ? AND status = ?", first, end, models.Active).Error; err != nil {
			return err
		}
		ms, cs := map[models.ID][]models.Membership{}, map[models.ID][]models.Contract{}
		for _, m := range memberships {
			ms[m.ResidentID] = append(ms[m.ResidentID], m)
		}
		for _, c := range contracts {
			cs[c.ResidentID] = append(cs[c.ResidentID], c)
		}
		for _, r := range batch {
			if err := fn(r, models.StandingOn(r, ms[r.ID], cs[r.ID], day)); err != nil {
				return err
			}
		}
		last = end
	}
}

// drift compares base plus waiting entries with the recount, figure by figure.
func (s *Store) drift(db *gorm.DB, want tallySums, out *Recount) error {
	today := out.AsOf
	var day models.TallyDay
	if err := db.Order("day DESC").Limit(1).Find(&day, "day <= ?", today).Error; err != nil {
		return err
	}
	have := tallySums{}
	var base []models.Tally
	if err := db.Find(&base, "day = ?", day.Day).Error; err != nil {
		return err
	}
	for _, t := range base {
		have.add(tallyKey{today, t.Kind, t.ScopeID, t.Population}, t.Figures, 1)
	}
	if err := have.addWaiting(db, today, today); err != nil {
		return err
	}
	keys := map[tallyKey]bool{}
	for k := range have {
		keys[k] = true
	}
	for k := range want {
		keys[k] = true
	}
	out.Figures = len(keys)
	for k := range keys {
		if h, w := have[k], want[k]; h != w {
			out.Drift = append(out.Drift, Drift{k.kind, k.scope, k.population, h, w})
		}
	}
	sortDrift(out.Drift)
	return nil
}

// RebuildTallies counts everyone anew and replaces today's tallies and every stored
// standing. It is for a district that was loaded in bulk, and after a proven drift. Whose
// tasks are not what the facts say is due for PlanDue, the job that plans.
// It returns the number of residents counted.
func (s *Store) RebuildTallies(ctx context.Context) (int, error) {
	n := 0
	v := s.As(models.System("tally rebuild"))
	err := s.retry(ctx, func() error {
		return s.write.WithContext(s.withKeys(ctx)).Transaction(func(db *gorm.DB) error {
			tx := &Tx{db: db, s: s, actor: v.actor, now: s.Now(), today: s.Today()}
			var err error
			n, err = tx.rebuild()
			return err
		})
	})
	return n, err
}

func (tx *Tx) rebuild() (int, error) {
	if err := tx.lockTallies(); err != nil {
		return 0, err
	}
	villages, err := allVillages(tx.db)
	if err != nil {
		return 0, err
	}
	n, sums := 0, tallySums{}
	err = tx.s.eachStanding(tx.db, tx.today, func(r models.Resident, now models.Standing) error {
		n++
		sums.addStanding(tx.today, villages[now.VillageID], now)
		if now == r.Standing {
			return nil
		}
		r.Standing = now
		return tx.db.Model(&r).Select(countedColumns).UpdateColumns(&r).Error
	})
	if err != nil {
		return 0, err
	}
	if err := tx.recountCare(sums, villages); err != nil {
		return 0, err
	}
	if _, err := tx.advance(foldSequence, 1); err != nil {
		return 0, err
	}
	for _, drop := range []struct {
		rows  any
		where string
	}{{&models.TallyEntry{}, "day <= ?"}, {&models.CareEntry{}, "day <= ?"}, {&models.Tally{}, "day >= ?"}} {
		if err := tx.db.Where(drop.where, tx.today).Delete(drop.rows).Error; err != nil {
			return 0, err
		}
	}
	if err := tx.db.Delete(&models.TallyDay{}, "day >= ?", tx.today).Error; err != nil {
		return 0, err
	}
	if err := tx.db.Create(&models.TallyDay{Day: tx.today, RuleVersion: models.CountingRules, CreatedAt: tx.now}).Error; err != nil {
		return 0, err
	}
	rows := sums.rows()
	if len(rows) == 0 {
		return n, nil
	}
	return n, tx.db.CreateInBatches(rows, 500).Error
}

// recountCare counts the care of everyone and replaces the standings that differ. They
// are looked at again today: the tasks are made then.
func (tx *Tx) recountCare(sums tallySums, villages map[models.ID]models.Village) error {
	var wrong []models.CareStanding
	err := tx.s.eachCare(tx.db, tx.today, func(old, now models.CareStanding, tasks int) error {
		sums.addCareStanding(tx.today, villages[now.VillageID], now)
		if tasks > 0 || old.UpdatedAt.IsZero() || old.Adds() != now.Adds() {
			now.ChangesOn, now.UpdatedAt = tx.today, tx.now
			wrong = append(wrong, now)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return insertAll(tx.db.Clauses(putCare), wrong)
}
