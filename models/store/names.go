package store

import (
	"slices"
	"strings"

	"gorm.io/gorm"

	"jiayi/models"
)

// names maps ids of a noun to their names. Many rows of a list name the same few, or nobody.
func names[T any](db *gorm.DB, ids []models.ID) (map[models.ID]string, error) {
	ids = deduped(ids)
	if len(ids) == 0 {
		return map[models.ID]string{}, nil
	}
	var rows []name
	err := db.Model(new(T)).Select("id", "name").Find(&rows, "id IN ?", padded(ids)).Error
	out := make(map[models.ID]string, len(rows))
	for _, row := range rows {
		out[row.ID] = row.Name
	}
	return out, err
}

type name struct {
	Noun int // its place among the nouns asked for
	ID   models.ID
	Name string
}

// deduped are the ids without 0, each once.
func deduped(ids []models.ID) []models.ID {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) > 0 && ids[0] == 0 {
		ids = ids[1:]
	}
	return ids
}

// nameQuery asks for the names of one noun.
type nameQuery struct {
	model any
	ids   []models.ID
}

func wanted[T any](ids []models.ID) nameQuery { return nameQuery{new(T), deduped(ids)} }

// namesOf is names for several nouns in one statement; the answers stand in their order.
func namesOf(db *gorm.DB, nouns ...nameQuery) ([]map[models.ID]string, error) {
	out := make([]map[models.ID]string, len(nouns))
	var parts []string
	var args []any
	for i, q := range nouns {
		out[i] = make(map[models.ID]string, len(q.ids))
		if len(q.ids) == 0 {
			continue
		}
		stmt := gorm.Statement{DB: db}
		if err := stmt.Parse(q.model); err != nil {
			return nil, err
		}
		parts = append(parts, "SELECT ? AS noun, id, name FROM "+stmt.Table+" WHERE id IN ?")
		args = append(args, i, padded(q.ids))
	}
	if len(parts) == 0 {
		return out, nil
	}
	var rows []name
	err := db.Raw(strings.Join(parts, " UNION ALL "), args...).Scan(&rows).Error
	for _, row := range rows {
		out[row.Noun][row.ID] = row.Name
	}
	return out, err
}
