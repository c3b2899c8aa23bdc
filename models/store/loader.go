package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/internal/pinyin"
	"jiayi/models"
)

// Loader inserts finished rows in bulk, past the rules of the use cases: only for
// seeding a district and for test fixtures. The rows must agree with each other;
// `tally rebuild` counts them afterwards.
type Loader struct {
	db *gorm.DB
	s  *Store
}

// loadBatch is the number of rows of one INSERT.
const loadBatch = 500

// Load runs fn with a loader, in one transaction.
func (s *Store) Load(ctx context.Context, fn func(l *Loader) error) error {
	return s.write.WithContext(s.withKeys(ctx)).Transaction(func(db *gorm.DB) error {
		return fn(&Loader{db.Session(&gorm.Session{SkipHooks: true}), s})
	})
}

// Insert inserts one row or a slice of rows of one noun; ids given stay as they are.
func (l *Loader) Insert(rows any) error { return l.db.CreateInBatches(rows, loadBatch).Error }

// Index fills in what the store derives from a resident's own fields.
func (l *Loader) Index(r *models.Resident) {
	r.Initials = pinyin.Initials(r.Name)
	r.PhoneIndex = l.s.blind(indexPhone, r.Phone)
	r.DocumentIndex = nil
	if r.DocumentNo != "" {
		r.DocumentIndex = new(l.s.documentIndex(r.DocumentType, r.DocumentNo))
	}
}

// OpenIDIndex is the blind index of a WeChat openid.
func (l *Loader) OpenIDIndex(openid string) string { return l.s.blind(indexOpenID, openid) }
