package store

import (
	"context"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// restand brings the tallies up to date with one person after a change: it retracts
// what the person added before and adds what follows from the facts now. The
// resident row must be locked.
func (tx *Tx) restand(r *models.Resident, known facts) error {
	now := models.StandingOn(*r, known.memberships, known.active(), tx.today)
	if now == r.Standing {
		return nil
	}
	if err := tx.postTally(*r, now); err != nil {
		return err
	}
	panelChanged := now.PanelID != r.Standing.PanelID
	r.Standing = now
	if panelChanged {
		if err := tx.setCareTeam(r, now.PanelID); err != nil {
			return err
		}
	}
	return tx.db.Model(r).Select(append([]string{"signed_team_id", "signed_inst_id"}, countedColumns...)).Updates(r).Error
}

// setCareTeam notes who the resident is signed with.
func (tx *Tx) setCareTeam(r *models.Resident, team models.ID) error {
	before := r.CareTeamID()
	r.SignedTeamID, r.SignedInstID = 0, 0
	if team != 0 {
		t, err := get[models.Team](tx.db.Select("id", "institution_id"), team)
		if err != nil {
			return err
		}
		r.SignedTeamID, r.SignedInstID = t.ID, t.InstitutionID
	}
	if r.CareTeamID() == before { // most sign with the team of their village
		return nil
	}
	return tx.handOver(*r)
}

// postTally inserts the entries that turn the resident's standing into another.
func (tx *Tx) postTally(r models.Resident, now models.Standing) error {
	entries, err := tx.entries(r, now)
	if err != nil || len(entries) == 0 {
		return err
	}
	return tx.db.Create(&entries).Error
}

func (tx *Tx) entries(r models.Resident, now models.Standing) ([]models.TallyEntry, error) {
	known := areas{}
	known.note(r)
	minus, err := tx.entry(known, r.Standing, -1)
	if err != nil {
		return nil, err
	}
	plus, err := tx.entry(known, now, 1)
	if err != nil {
		return nil, err
	}
	if minus != nil && plus != nil && minus.VillageID == plus.VillageID && minus.Mask == plus.Mask &&
		(minus.PanelTeamID == plus.PanelTeamID || minus.PanelTeamID == 0 || plus.PanelTeamID == 0) {
		plus.Residents += minus.Residents
		plus.Signed += minus.Signed
		plus.Panel += minus.Panel
		plus.PanelTeamID = max(plus.PanelTeamID, minus.PanelTeamID)
		minus = nil
	}
	var out []models.TallyEntry
	for _, e := range []*models.TallyEntry{minus, plus} {
		if e != nil && (e.Residents != 0 || e.Signed != 0 || e.Panel != 0) {
			out = append(out, *e)
		}
	}
	return out, nil
}

// entry is what a standing adds; nil for a person who is not counted.
func (tx *Tx) entry(known areas, s models.Standing, sign int) (*models.TallyEntry, error) {
	if s.VillageID == 0 {
		return nil, nil
	}
	v, err := known.of(tx, s.VillageID)
	if err != nil {
		return nil, err
	}
	e := standingEntry(tx.today, v, s, sign)
	return &e, nil
}

// standingEntry is what a person of the village adds with a standing (sign 1), or takes away (−1).
func standingEntry(day models.Date, v models.Village, s models.Standing, sign int) models.TallyEntry {
	e := models.TallyEntry{Day: day, VillageID: v.ID, TeamID: v.TeamID, InstitutionID: v.InstitutionID, Mask: s.Mask, PanelTeamID: s.PanelID}
	if s.Counted {
		e.Residents = sign
		if s.Signed {
			e.Signed = sign
		}
	}
	if s.PanelID != 0 {
		e.Panel = sign
	}
	return e
}

// tallyLock keeps folding and the opening of a day apart, on every replica.
const tallyLock = "tally"

func (tx *Tx) lockTallies() error { return tx.lockName(tallyLock) }

// foldBatch is the most entries folded in one transaction.
const foldBatch = 2000

// Fold adds waiting entries to the tallies, in batches, until none is left for the
// days that are open. It returns the number of entries folded.
func (s *Store) Fold(ctx context.Context) (int, error) {
	total := 0
	for {
		n := 0
		err := s.As(models.System("fold")).transact(ctx, func(tx *Tx) error {
			var err error
			n, err = tx.fold()
			return err
		})
		total += n
		if err != nil || n < foldBatch {
			return total, err
		}
	}
}

// foldSequence counts the foldings: with the entries that wait it tells one state of the
// figures from every other.
const foldSequence = "fold"

func (tx *Tx) fold() (int, error) {
	if err := tx.lockTallies(); err != nil {
		return 0, err
	}
	var days []models.TallyDay
	if err := tx.db.Order("day DESC").Limit(400).Find(&days, "frozen = ?", false).Error; err != nil || len(days) == 0 {
		return 0, err
	}
	sums := tallySums{}
	rates, err := foldEntries(tx, days, func(day models.Date, e models.TallyEntry) { sums.addEntry(day, e) },
		func(e models.TallyEntry) (models.ID, models.Date) { return e.ID, e.Day })
	if err != nil {
		return 0, err
	}
	care, err := foldEntries(tx, days, func(day models.Date, e models.CareEntry) { sums.addCare(day, e) },
		func(e models.CareEntry) (models.ID, models.Date) { return e.ID, e.Day })
	if err != nil || rates+care == 0 {
		return 0, err
	}
	if err := tx.db.Clauses(tx.s.addTallies()).CreateInBatches(sums.rows(), 500).Error; err != nil {
		return 0, err
	}
	_, err = tx.advance(foldSequence, 1)
	return max(rates, care), err
}

// foldEntries takes a batch of waiting entries and adds each to its own day and those
// after it. It returns their number.
func foldEntries[E any](tx *Tx, days []models.TallyDay, add func(models.Date, E), of func(E) (models.ID, models.Date)) (int, error) {
	var entries []E
	if err := tx.db.Order("id").Limit(foldBatch).Find(&entries, "day <= ?", days[0].Day).Error; err != nil || len(entries) == 0 {
		return 0, err
	}
	ids := make([]models.ID, len(entries))
	for i, e := range entries {
		var day models.Date
		ids[i], day = of(e)
		for _, d := range days {
			if !d.Day.Before(day) {
				add(d.Day, e)
			}
		}
	}
	return len(entries), tx.db.Delete(new(E), "id IN ?", ids).Error
}

// figureColumns are the columns of the figures of a tally.
var figureColumns = []string{"residents", "signed", "persons_due", "persons_done", "items_due", "items_done", "items_confirmed", "cohort", "kept", "expired", "renewed"}

// addTallies is the upsert that adds to a tally; the two databases name the new row differently.
func (s *Store) addTallies() clause.OnConflict {
	set := map[string]any{}
	for _, c := range figureColumns {
		if s.dialect == MySQL {
			set[c] = gorm.Expr(c + " + VALUES(" + c + ")")
		} else {
			set[c] = gorm.Expr("tallies." + c + " + excluded." + c)
		}
	}
	return clause.OnConflict{
		Columns:   []clause.Column{{Name: "day"}, {Name: "kind"}, {Name: "scope_id"}, {Name: "population"}},
		DoUpdates: clause.Assignments(set),
	}
}

// districtScope is the scope id of the whole district in the tallies: one database
// serves one district.
const districtScope models.ID = 1

// lastDay is the last day whose tallies were opened; zero before the first.
func (s *Store) lastDay(db *gorm.DB) (models.Date, error) {
	var last models.TallyDay
	err := db.Order("day DESC").Limit(1).Find(&last).Error
	return last.Day, err
}

// openDay starts the tallies of a day as a copy of the last day before it. A month-end
// that was passed over, because no server ran, is opened on the way.
func (tx *Tx) openDay(day models.Date) error {
	if err := tx.lockTallies(); err != nil {
		return err
	}
	last, err := tx.s.lastDay(tx.db)
	if err != nil || !last.Before(day) {
		return err
	}
	if !last.IsZero() {
		for end := last.MonthEnd(); end.Before(day); end = end.AddDays(1).MonthEnd() {
			if end == last {
				continue
			}
			if err := tx.copyDay(last, end); err != nil {
				return err
			}
			last = end
		}
	}
	return tx.copyDay(last, day)
}

func (tx *Tx) copyDay(from, to models.Date) error {
	if err := tx.db.Create(&models.TallyDay{Day: to, RuleVersion: models.CountingRules, CreatedAt: tx.now}).Error; err != nil || from.IsZero() {
		return err
	}
	columns := "kind, scope_id, population, " + strings.Join(figureColumns, ", ")
	return tx.db.Exec("INSERT INTO tallies (day, "+columns+") SELECT ?, "+columns+" FROM tallies WHERE day = ?", to, from).Error
}

// freezeMonths publishes the month-ends that are over: their figures never change again.
// One with entries that still wait to be folded is left for the next time.
func (tx *Tx) freezeMonths() error {
	if err := tx.lockTallies(); err != nil {
		return err
	}
	var days []models.TallyDay
	if err := tx.db.Find(&days, "frozen = ? AND day < ?", false, tx.today).Error; err != nil {
		return err
	}
	for _, d := range days {
		if d.Day != d.Day.MonthEnd() {
			continue
		}
		if waiting, err := tx.entriesWait(d.Day); err != nil {
			return err
		} else if waiting {
			continue
		}
		if err := tx.db.Model(&d).Update("frozen", true).Error; err != nil {
			return err
		}
		tx.record("tally.freeze", "tally_day", 0, 0, d.Day.String(), d.RuleVersion)
	}
	return nil
}

// entriesWait tells whether entries of the day or earlier are not folded yet.
func (tx *Tx) entriesWait(day models.Date) (bool, error) {
	for _, entry := range []any{&models.TallyEntry{}, &models.CareEntry{}} {
		var waiting int64
		if err := tx.db.Model(entry).Where("day <= ?", day).Limit(1).Count(&waiting).Error; err != nil || waiting > 0 {
			return waiting > 0, err
		}
	}
	return false, nil
}
