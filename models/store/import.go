package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"gorm.io/gorm"

	"jiayi/internal/sheet"
	"jiayi/models"
)

// importFolder is where uploaded files wait within the folder of files.
const importFolder = "imports"

// imports is the data scope of file loads: the district sees all, an institution those
// sent in by its own accounts.
func (v View) imports(db *gorm.DB) *gorm.DB {
	switch a := v.actor; {
	case !a.Can(models.ImportFile):
	case a.Reach() == models.DistrictReach:
		return db
	case a.Reach() == models.InstitutionReach:
		return db.Where("imports.institution_id = ?", some(a.InstitutionID))
	}
	return db.Where("1 = 0")
}

// Import reads one file load of the actor's scope.
func (v View) Import(ctx context.Context, id models.ID) (models.Import, error) {
	var imp models.Import
	err := v.imports(v.query(ctx)).Take(&imp, "id = ?", id).Error
	return imp, notFound(err)
}

// Imports lists the file loads of the actor's scope, newest first.
func (v View) Imports(ctx context.Context, p Page) (List[models.Import], error) {
	return paginate(v.imports(v.query(ctx)), p, order{[]string{"id"}, true}, func(i models.Import) []any { return []any{int64(i.ID)} })
}

// StartImport stores a county file and queues its loading. The file is streamed to disk
// and its form is checked: one that is no spreadsheet, is empty or lacks a column is
// refused with Invalid, one past models.MaxImportSize with TooLarge. The rows are loaded
// by RunImports in the background, or by RunImport. A request with an idempotency key
// is the same only when the file is.
func (v View) StartImport(ctx context.Context, name string, file io.Reader) (models.Import, error) {
	if !v.actor.Can(models.ImportFile) {
		return models.Import{}, models.ErrForbidden
	}
	stored, hash, err := v.keepFile(file, models.MaxImportSize)
	if err != nil {
		return models.Import{}, err
	}
	imp, err := v.queueImport(ctx, models.Import{
		FileName: cleanFileName(name), FileHash: hash, Path: stored, Status: models.ImportQueued, AccountID: v.actor.AccountID, InstID: v.actor.InstitutionID,
	})
	if err != nil || imp.Path != stored { // refused, or a repetition: the first one's file is loaded
		return imp, errors.Join(err, os.Remove(v.filePath(stored)))
	}
	select {
	case v.queued <- struct{}{}:
	default: // the runner has been told already
	}
	return imp, nil
}

func (v View) queueImport(ctx context.Context, imp models.Import) (models.Import, error) {
	in, err := openImport(v.filePath(imp.Path))
	if err != nil {
		return imp, err
	}
	header, err := json.Marshal(in.headings)
	if err := errors.Join(err, in.Close()); err != nil {
		return imp, err
	}
	imp.Header = string(header)
	if req, ok := ctx.Value(requestKey{}).(Request); ok {
		req.Hash = imp.FileHash
		ctx = WithRequest(ctx, req)
	}
	return once(ctx, v, func(tx *Tx) (models.Import, error) {
		imp := imp
		imp.CreatedAt, imp.UpdatedAt = tx.now, tx.now
		if err := tx.db.Create(&imp).Error; err != nil {
			return imp, err
		}
		tx.record("import.start", "import", imp.ID, 0)
		return imp, nil
	})
}

// keepFile copies an upload into the folder of files under a random name, and returns
// that name and the hash of what was written. A file of more bytes than most leaves nothing.
func (s *Store) keepFile(file io.Reader, most int64) (name, hash string, err error) {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	name = path.Join(importFolder, hex.EncodeToString(id[:]))
	if err := os.MkdirAll(filepath.Join(s.opt.FileDir, importFolder), 0o700); err != nil {
		return "", "", err
	}
	f, err := os.OpenFile(s.filePath(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", "", err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, sum), io.LimitReader(file, most+1))
	if err == nil && n > most {
		err = fileError(sheet.ErrTooLarge)
	}
	if err == nil {
		err = f.Sync() // the load must find it after a power cut
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", "", errors.Join(err, os.Remove(f.Name()))
	}
	return name, hex.EncodeToString(sum.Sum(nil)), nil
}

func (s *Store) filePath(name string) string {
	return filepath.Join(s.opt.FileDir, filepath.FromSlash(name))
}

// maxFileName is the most characters kept of a file's name.
const maxFileName = 100

// cleanFileName keeps the last part of a name, without characters that could act on
// whoever sees it.
func cleanFileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*&%`, r) {
			return '_'
		}
		return r
	}, sheet.CleanText(strings.ToValidUTF8(name, "_")))
	if name == "" || name == "." || name == ".." || name == "/" {
		return "未命名"
	}
	return cut(name, maxFileName)
}
