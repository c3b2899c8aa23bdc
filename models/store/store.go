// Package store is the only room with SQL: connections, data scope, transactions,
// queries, tallies, audit and outbox. One exported method is one use case.
package store

import (
	"context"
	"path/filepath"
	"time"

	"gorm.io/gorm"

	"jiayi/internal/blob"
	"jiayi/internal/calendar"
	"jiayi/internal/seal"
	"jiayi/models"
)

// Options are what a district may set.
type Options struct {
	Region            string            // GB/T 2260 code of the district, in agreement numbers and record numbers
	CapacityPerDoctor int               // residents one family doctor may sign (domain §1.3)
	SharedLogins      bool              // demonstration only: many people use one login, so a one-time password may come twice
	AllowTestRegion   bool              // accept ID numbers of region 370499, which belongs to nobody
	HomeInjections    bool              // injections and infusions at home are allowed (domain §6.4: off by default)
	FileDir           string            // folder of uploaded files, shared by every replica
	Blobs             blob.Store        // pictures; a folder within FileDir if nil
	ImportBatch       int               // rows of a file load that land in one transaction; 0 is 1024
	QuietHours        models.QuietHours // in which no phone is disturbed; none if zero
	QueryTimeout      time.Duration
	Clock             func() time.Time
	AuditClock        func() time.Time // what audit rows are dated by, Clock if nil: a job run for another day happens now
}

// Store holds the database and what every use case needs.
type Store struct {
	write, read *gorm.DB
	dialect     string
	returns     bool // an INSERT can return what it wrote
	keys        *seal.Keyring
	opt         Options
	reads       *auditBatch
	numbers     contractNumbers
	queued      chan struct{} // a file load waits for a runner
	packages    packageCache
	texts       textCache
	boards      boards
}

// blobFolder is where pictures are kept within the folder of files.
const blobFolder = "blobs"

// New makes a store over an open database. Close it to stop its background writer.
func New(db *Database, keys *seal.Keyring, opt Options) *Store {
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	if opt.AuditClock == nil {
		opt.AuditClock = opt.Clock
	}
	if opt.CapacityPerDoctor == 0 {
		opt.CapacityPerDoctor = models.CapacityPerDoctor
	}
	if opt.ImportBatch == 0 {
		opt.ImportBatch = importBatchRows
	}
	if opt.Blobs == nil {
		opt.Blobs = blob.Folder{Path: filepath.Join(opt.FileDir, blobFolder)}
	}
	if opt.QueryTimeout == 0 {
		opt.QueryTimeout = 10 * time.Second
	}
	s := &Store{write: db.write, read: db.read, dialect: db.dialect, returns: db.returns, keys: keys, opt: opt, queued: make(chan struct{}, 1)}
	s.reads = newAuditBatch(s)
	return s
}

// Close stops the background writer after it has written what waits.
func (s *Store) Close() { s.reads.stop() }

// Now is the store's clock, in UTC.
func (s *Store) Now() time.Time { return s.opt.Clock().UTC() }

// Today is the date in Shanghai by the store's clock.
func (s *Store) Today() models.Date { return calendar.DateOf(s.opt.Clock()) }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	db, err := s.read.DB()
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}

// View is the store as one actor sees it: the only way to patient data.
type View struct {
	*Store
	actor models.Actor
}

// As returns the store as the actor sees it. The zero actor sees nothing.
func (s *Store) As(actor models.Actor) View { return View{s, actor} }

// query is a read outside a transaction, within the context's deadline.
func (s *Store) query(ctx context.Context) *gorm.DB {
	return s.read.WithContext(s.withKeys(ctx))
}

// HomeInjections tells whether the district allows injections and infusions at home.
func (s *Store) HomeInjections() bool { return s.opt.HomeInjections }
