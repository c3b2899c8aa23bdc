package blob

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder keeps contents as files under a folder, which is made when it is needed.
type Folder struct{ Path string }

func (f Folder) file(hash string) (string, error) {
	if !hashFormat.MatchString(hash) {
		return "", ErrNotFound
	}
	return filepath.Join(f.Path, hash[:2], hash), nil
}

// Put implements Store. The file appears whole or not at all, and survives a power cut.
func (f Folder) Put(_ context.Context, content []byte) (string, error) {
	hash := Hash(content)
	name, err := f.file(hash)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return "", err
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return "", err
	}
	_, err = temporary.Write(content)
	if err == nil {
		err = temporary.Sync()
	}
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(temporary.Name()))
	}
	return hash, nil
}

// Get implements Store.
func (f Folder) Get(_ context.Context, hash string) ([]byte, error) {
	name, err := f.file(hash)
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(name) // #nosec G304 -- a hash under our folder
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return checked(content, hash)
}

// Delete implements Store.
func (f Folder) Delete(_ context.Context, hash string) error {
	name, err := f.file(hash)
	if err != nil {
		return nil
	}
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
