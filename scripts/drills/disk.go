package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// diskSize is the room the database has in the drills, so that it can be filled.
const diskSize = "1200m"

// errNoDisk says why the disk cannot be filled.
var errNoDisk = errors.New("NOT RUN: a disk of its own for the database needs root")

// ownDisk gives a folder a small disk of its own.
func (t *theatre) ownDisk(dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+diskSize); err != nil {
		return nil //nolint:nilerr // where mounting is not allowed, the drill says so
	}
	t.disk = dir
	t.later(func() { _ = syscall.Unmount(dir, 0) })
	return nil
}

// diskFull fills the disk of the database, and makes room again.
func diskFull(ctx context.Context, t *theatre) error {
	if t.disk == "" {
		return errNoDisk
	}
	name := filepath.Join(t.disk, "ballast")
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o600) // #nosec G304 -- the drill's own disk
	if err != nil {
		return err
	}
	block := make([]byte, 1<<20)
	for err == nil {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		return errors.Join(err, f.Close(), os.Remove(name))
	}
	err = wait(ctx, 10*time.Second)
	return errors.Join(err, f.Close(), os.Remove(name))
}
