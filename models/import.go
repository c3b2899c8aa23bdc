package models

import "time"

// ImportStatus is the state of a file load.
type ImportStatus string

// The states of a load.
const (
	ImportQueued  ImportStatus = "queued"
	ImportRunning ImportStatus = "running"
	ImportDone    ImportStatus = "done"
	ImportFailed  ImportStatus = "failed"
)

// Import is the loading of one county file. NextRow is where a killed load resumes:
// it moves in the same transaction as the rows before it.
type Import struct {
	ID        ID
	FileName  string       `gorm:"size:255;not null"`
	FileHash  string       `gorm:"size:64;not null;index"`
	Path      string       `gorm:"size:255;not null"` // stored file, removed when done
	Status    ImportStatus `gorm:"size:16;not null;index"`
	Total     int          `gorm:"not null"`
	NextRow   int          `gorm:"not null"`
	Created   int          `gorm:"not null"`
	Updated   int          `gorm:"not null"`
	Unchanged int          `gorm:"not null"`
	Failed    int          `gorm:"not null"`
	Failure   string       `gorm:"size:255;not null"` // why the whole file failed, Chinese
	AccountID ID           `gorm:"not null;index"`
	InstID    ID           `gorm:"column:institution_id;not null"`
	Options   string       `gorm:"size:255;not null"`
	CreatedAt time.Time
	UpdatedAt time.Time
	EndedAt   *time.Time
}

// ImportError is one bad cell or row of a load, with the row itself sealed so that it
// can be downloaded, mended and loaded again.
type ImportError struct {
	ID       ID
	ImportID ID     `gorm:"not null;index:ix_import_errors,priority:1"`
	Line     int    `gorm:"not null;index:ix_import_errors,priority:2"`
	Column   string `gorm:"column:column_name;size:64;not null"` // header as written in the file
	Code     string `gorm:"size:32;not null"`
	Message  string `gorm:"size:255;not null"`
	Row      string `gorm:"column:row_cells;serializer:sealed;type:text"` // JSON of the cells
}
