package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// ErrPowerCut is what FailWrite fails with.
var ErrPowerCut = errors.New("power cut")

// FailWrite makes the nth insert into a table fail, once.
func (s *Store) FailWrite(table string, nth int64) {
	var n atomic.Int64
	name := "test:power_cut:" + table
	_ = s.write.Callback().Create().Before("gorm:create").Replace(name, func(db *gorm.DB) {
		if db.Statement.Table == table && n.Add(1) == nth {
			_ = db.AddError(ErrPowerCut)
		}
	})
}

// FileDir is the folder of uploaded files.
func (s *Store) FileDir() string { return s.opt.FileDir }

// KeepFile stores an upload of at most so many bytes.
func (s *Store) KeepFile(file io.Reader, most int64) (name, hash string, err error) {
	return s.keepFile(file, most)
}

// Unordered loads rows of a table without an id.
func (s *Store) Unordered(ctx context.Context, dest any) error { return s.query(ctx).Find(dest).Error }

// TakeLease takes the lease of a load as a runner that dies, to end after ttl.
func (s *Store) TakeLease(ctx context.Context, imp models.ID, ttl time.Duration) (bool, error) {
	return s.AcquireLease(ctx, fmt.Sprintf("import:%d", imp), "somebody else", ttl)
}

// ExpireLeases ends every lease, as if its holder had hung for too long.
func (s *Store) ExpireLeases(ctx context.Context) error {
	return s.write.WithContext(ctx).Model(&models.Lease{}).Where("1 = 1").Update("until", time.Unix(0, 0).UTC()).Error
}

// People describes every resident with all that a file can bring, without what depends
// on the order of entering: ids and numbers. The lines are sorted.
func (s *Store) People(ctx context.Context) ([]string, error) {
	db := s.query(ctx)
	var residents []models.Resident
	var houses []models.Household
	var memberships []models.Membership
	var contracts []models.Contract
	var agreements []models.Agreement
	var packages []models.ContractPackage
	var tasks []models.Task
	for _, rows := range []any{&residents, &houses, &memberships, &contracts, &agreements, &packages, &tasks} {
		if err := db.Order("id").Find(rows).Error; err != nil {
			return nil, err
		}
	}
	about := map[models.ID][]string{}
	note := func(id models.ID, text string, values ...any) {
		about[id] = append(about[id], fmt.Sprintf(text, values...))
	}
	heads := map[models.ID]models.Household{}
	for _, h := range houses {
		heads[h.ID] = h
	}
	for _, m := range memberships {
		note(m.ResidentID, "in %s %s %v", m.Code, m.Source, m.Open != nil)
	}
	signer := map[models.ID]models.ID{}
	for _, c := range contracts {
		signer[c.ID] = c.ResidentID
		note(c.ResidentID, "signed %d %s %s–%s", c.TeamID, c.Status, c.BeginDate, c.EndDate)
	}
	for _, a := range agreements {
		note(signer[a.ContractID], "agreement %s %s", a.Way, a.SignerKind)
	}
	for _, p := range packages {
		note(signer[p.ContractID], "package %s", p.Name)
	}
	for _, t := range tasks {
		note(t.ResidentID, "task %s %d %s", t.Program, t.TeamID, t.DueOn)
	}
	var out []string
	for _, r := range residents {
		slices.Sort(about[r.ID])
		house := heads[r.HouseholdID]
		no := house.No
		if no == "H"+r.RecordNo {
			no = "own"
		}
		out = append(out, fmt.Sprintf("%s %s %s %s %s %s village %d house %s (head known: %v) %s area %d signed %d %+v %s", r.DocumentNo, r.Name, r.Sex, r.BirthDate, r.Phone, r.Address,
			r.VillageID, no, house.HeadID != 0, r.HouseRelation, r.AreaTeamID, r.SignedTeamID, r.Standing, strings.Join(about[r.ID], "; ")))
	}
	slices.Sort(out)
	return out, nil
}

// ReturnNothing makes the store treat its database as one whose INSERTs return nothing.
func (s *Store) ReturnNothing() { s.returns = false }
