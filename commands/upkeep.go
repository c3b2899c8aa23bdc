package commands

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"jiayi/internal/seal"
	"jiayi/models/store"
)

// upkeepSettings are those of the commands that look after a district beside the
// server: its own settings, or the folder of a demonstration, which holds all of them.
type upkeepSettings struct {
	storeSettings
	Demo string `type:"path" placeholder:"DIR" help:"Work on the demonstration in this folder, with its keys." group:"Database:"`
}

// with opens the store, runs fn and closes the store again.
func (s upkeepSettings) with(ctx context.Context, command string, fn func(*store.Store) error) error {
	return s.at(ctx, command, nil, fn)
}

// at is with by another clock, if that is not nil.
func (s upkeepSettings) at(ctx context.Context, command string, clock func() time.Time, fn func(*store.Store) error) error {
	settings, keys, err := s.resolve(command)
	if err != nil {
		return err
	}
	o, err := settings.openWith(ctx, keys, clock)
	if err != nil {
		return err
	}
	return errors.Join(fn(o.store), o.Close())
}

// resolve finds the settings and keys: the command's own, or the demonstration's.
func (s upkeepSettings) resolve(command string) (storeSettings, seal.Settings, error) {
	if s.Demo == "" {
		var m missing
		keys := s.need(&m)
		if err := m.err(command); err != nil {
			return storeSettings{}, keys, usageError{fmt.Errorf("%w; for a demonstration name its folder with --demo", err)}
		}
		return s.storeSettings, keys, nil
	}
	if _, err := os.Stat(filepath.Join(s.Demo, demoStateFile)); errors.Is(err, os.ErrNotExist) {
		return storeSettings{}, seal.Settings{}, usageError{fmt.Errorf("--demo: there is no demonstration in %s", s.Demo)}
	}
	state, err := loadDemo(s.Demo)
	if err != nil {
		return storeSettings{}, seal.Settings{}, err
	}
	return demoStore(s.Demo), state.keys(), nil
}

// demoStore are the settings of the demonstration in the folder.
func demoStore(dir string) storeSettings {
	return storeSettings{
		databaseSettings{DSN: "sqlite:" + filepath.Join(dir, "jiayi.db"), Pool: 1},
		districtSettings{Region: demoRegion, Files: filepath.Join(dir, "files"), AllowTestRegion: true, sharedLogins: true},
	}
}
