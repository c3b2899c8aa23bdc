package models

import "time"

// ImportStatus is the state of a file load.
type ImportStatus string

// The states of a load. A load that was killed stays running until a runner resumes it.
const (
	ImportQueued  ImportStatus = "queued"
	ImportRunning ImportStatus = "running"
	ImportDone    ImportStatus = "done"
	ImportFailed  ImportStatus = "failed"
)

// ImportStatusLabels are the Chinese names of the states.
var ImportStatusLabels = map[ImportStatus]string{
	ImportQueued: "排队中", ImportRunning: "导入中", ImportDone: "已完成", ImportFailed: "失败",
}

// MaxImportSize is the largest file that can be loaded, in bytes.
const MaxImportSize = 256 << 20

// MaxImportTries is how often a load may be begun without getting past the same row.
const MaxImportTries = 5

// Import is the loading of one county file. NextRow is where a killed load resumes:
// it moves in the same transaction as the rows before it.
type Import struct {
	ID        ID
	FileName  string       `gorm:"size:255;not null"`
	FileHash  string       `gorm:"size:64;not null;index"` // SHA-256 of the file, hex
	Path      string       `gorm:"size:255;not null"`      // stored file within the folder of files, "" once removed
	Status    ImportStatus `gorm:"size:16;not null;index"`
	Header    string       `gorm:"type:text;not null"` // JSON of the headings as written, for the sheet of errors
	Total     int          `gorm:"not null"`           // rows below the header; 0 until they are counted
	NextRow   int          `gorm:"not null"`           // rows done
	Created   int          `gorm:"not null"`
	Updated   int          `gorm:"not null"`
	Unchanged int          `gorm:"not null"`
	Failed    int          `gorm:"not null"`          // rows with an error
	Failure   string       `gorm:"size:255;not null"` // why the whole file failed, Chinese
	Tries     int          `gorm:"not null"`          // runs begun since a row was last done
	AccountID ID           `gorm:"not null;index"`    // who loads it; 0 for the command line
	InstID    ID           `gorm:"column:institution_id;not null;index"`
	CreatedAt time.Time
	UpdatedAt time.Time
	EndedAt   *time.Time
}

// Open tells whether rows may still be loaded.
func (i Import) Open() bool { return i.Status == ImportQueued || i.Status == ImportRunning }

// Begin starts or resumes a run. It returns false when the load was begun too often
// without getting on, and has failed now.
func (i *Import) Begin(now time.Time) bool {
	if i.Tries >= MaxImportTries {
		i.Fail("多次尝试均未能继续,请联系系统管理员", now)
		return false
	}
	i.Status = ImportRunning
	i.Tries++
	return true
}

// Land counts the rows of a batch that is done.
func (i *Import) Land(created, updated, unchanged, failed int) {
	i.Created += created
	i.Updated += updated
	i.Unchanged += unchanged
	i.Failed += failed
	i.NextRow += created + updated + unchanged + failed
	i.Tries = 0
}

// Finish ends a load that read every row.
func (i *Import) Finish(now time.Time) {
	i.Status, i.Total, i.EndedAt = ImportDone, i.NextRow, &now
}

// Fail ends a load that cannot go on; what landed before stays. The reason is shown to
// the sender of the file.
func (i *Import) Fail(reason string, now time.Time) {
	i.Status, i.Failure, i.EndedAt = ImportFailed, reason, &now
}

// ImportError is one bad cell of a load. The first one of a row holds the row itself,
// sealed, so that it can be downloaded, mended and loaded again.
type ImportError struct {
	ID       ID
	ImportID ID     `gorm:"not null;index:ix_import_errors,priority:1"`
	Line     int    `gorm:"not null;index:ix_import_errors,priority:2"`
	Column   string `gorm:"column:column_name;size:64;not null"` // heading as written in the file, "" for the row
	Code     string `gorm:"size:32;not null"`
	Message  string `gorm:"size:255;not null"`
	Row      string `gorm:"column:row_cells;serializer:sealed;type:mediumtext"` // JSON of the cells
}

// ImportMark remembers, while a load runs, which person a row was about, so that a
// second row about the same person is noticed however far behind it is.
type ImportMark struct {
	ImportID ID    `gorm:"primaryKey;autoIncrement:false"`
	Mark     int64 `gorm:"primaryKey;autoIncrement:false"` // from a keyed index, spread evenly over 0 … 2^60
	Line     int   `gorm:"not null"`
}

// MarkBits is the number of bits of a mark.
const MarkBits = 60
