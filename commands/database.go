package commands

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"jiayi/internal/blob"
	"jiayi/internal/seal"
	"jiayi/models"
	"jiayi/models/store"
)

// databaseSettings name the database. Nothing of the address is ever printed: it may
// hold a password.
type databaseSettings struct {
	DSN  string `name:"dsn" env:"JIAYI_DSN" placeholder:"ADDRESS" help:"Database: sqlite:PATH, or mysql:USER:PASSWORD@tcp(HOST:PORT)/NAME." group:"Database:"`
	Pool count  `env:"JIAYI_POOL" default:"32" help:"Most connections to MySQL." group:"Database:"`
}

func (d databaseSettings) connect() (*store.Database, error) {
	db, err := store.OpenDatabase(d.DSN, store.PoolSize(d.Pool))
	if errors.Is(err, store.ErrDSN) {
		return nil, usageError{errors.New("JIAYI_DSN (--dsn): " + err.Error())}
	}
	return db, err
}

// districtSettings are what a district may set.
type districtSettings struct {
	Region          region            `env:"JIAYI_REGION" placeholder:"CODE" help:"District code (GB/T 2260), in agreement and record numbers." group:"District:"`
	Capacity        count             `env:"JIAYI_CAPACITY" default:"2000" help:"Residents one family doctor may sign." group:"District:"`
	Files           string            `env:"JIAYI_FILES" default:"data/files" type:"path" help:"Folder of uploaded files." group:"District:"`
	S3URL           webAddress        `name:"s3-url" env:"JIAYI_S3_URL" help:"Object store (S3) for pictures; its keys are JIAYI_S3_KEY and JIAYI_S3_SECRET. Without it they are kept in the folder of files." group:"District:"`
	S3Bucket        string            `name:"s3-bucket" env:"JIAYI_S3_BUCKET" help:"Bucket of the object store." group:"District:"`
	S3Region        string            `name:"s3-region" env:"JIAYI_S3_REGION" help:"Region of the object store, where it has one." group:"District:"`
	HomeInjections  bool              `env:"JIAYI_HOME_INJECTIONS" help:"Allow injections and infusions at home." group:"District:"`
	QuietHours      models.QuietHours `env:"JIAYI_QUIET_HOURS" default:"21-8" placeholder:"FROM-TO" help:"Full hours in Shanghai in which only urgent messages go to phones; 0-0 for none." group:"District:"`
	AllowTestRegion bool              `env:"JIAYI_ALLOW_TEST_REGION" help:"Accept ID numbers of region 370499, which belongs to nobody. For synthetic districts only." group:"District:"`

	sharedLogins bool // set by demo alone: nobody serves real people with it
}

// storeSettings are those of every command that reads or writes residents.
type storeSettings struct {
	databaseSettings
	districtSettings
}

// need notes what a store cannot do without, and returns the sealing keys as they stand.
func (s storeSettings) need(m *missing) seal.Settings {
	m.need("JIAYI_DSN", s.DSN)
	m.need("JIAYI_REGION", string(s.Region))
	return seal.Settings{
		Fields: seal.Setting{Name: envFieldKeys, Value: m.secret(envFieldKeys)},
		Index:  seal.Setting{Name: envIndexKey, Value: m.secret(envIndexKey)},
		Audit:  seal.Setting{Name: envAuditKeys, Value: m.secret(envAuditKeys)},
	}
}

// openWith opens the store with the keys and, if not nil, another clock than the real
// one. A database that is behind or ahead of the program is refused.
func (s storeSettings) openWith(ctx context.Context, keys seal.Settings, clock func() time.Time) (*opened, error) {
	ring, err := seal.New(keys)
	if err != nil {
		return nil, usageError{err}
	}
	blobs, err := s.blobs()
	if err != nil {
		return nil, usageError{err}
	}
	db, err := s.connect()
	if err != nil {
		return nil, err
	}
	if err := store.CheckSchema(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &opened{db, store.New(db, ring, store.Options{
		Region: string(s.Region), CapacityPerDoctor: int(s.Capacity), AllowTestRegion: s.AllowTestRegion, HomeInjections: s.HomeInjections, QuietHours: s.QuietHours, SharedLogins: s.sharedLogins, FileDir: s.Files, Blobs: blobs,
		Clock: clock, AuditClock: time.Now,
	})}, nil
}

// opened is a store and its database.
type opened struct {
	db    *store.Database
	store *store.Store
}

// Close writes what waits and closes the database.
func (o *opened) Close() error {
	o.store.Close()
	return o.db.Close()
}

// with opens the store, runs fn and closes the store again.
func (s storeSettings) with(ctx context.Context, command string, fn func(*store.Store) error) error {
	var m missing
	keys := s.need(&m)
	if err := m.err(command); err != nil {
		return err
	}
	o, err := s.openWith(ctx, keys, nil)
	if err != nil {
		return err
	}
	return errors.Join(fn(o.store), o.Close())
}

// blobs is where pictures are kept: the object store, or a folder within that of files.
func (s districtSettings) blobs() (blob.Store, error) {
	if s.S3URL == "" {
		return blob.Folder{Path: filepath.Join(s.Files, "blobs")}, nil
	}
	var m missing
	m.need("JIAYI_S3_BUCKET", s.S3Bucket)
	key, secret := m.secret(envS3Key), m.secret(envS3Secret)
	if len(m) > 0 {
		return nil, fmt.Errorf("JIAYI_S3_URL needs these settings, which are missing: %s", strings.Join(m, ", "))
	}
	return blob.NewS3(blob.S3Config{Endpoint: string(s.S3URL), Region: s.S3Region, Bucket: s.S3Bucket, AccessKey: key, Secret: secret})
}
