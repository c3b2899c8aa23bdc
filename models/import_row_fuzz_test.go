package models_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"jiayi/models"
)

// Whatever stands in the cells of a row, it is read into what the store can keep, or every
// problem names its column and says in Chinese what is wrong without repeating the cell.
func FuzzImportRow(f *testing.F) {
	f.Add("赵大", "370499195503010017", "1", "1955-03-01", "东村", "13800000001", "是", "东村团队", "2026-01-01", "03")
	f.Add("", "", "", "", "", "", "", "", "", "")
	f.Add("O'Neil", "11010519491231002x", "女", "0000-00-00", "新村", "(0632)4400000转1", "否", "T003", "9999-12-31", "高血压、糖尿病,01;99")
	f.Add("=cmd|'/c calc'!A1", "3.70499E+17", "9", "1955/3/1", "榴园镇东村", "-", "签约", "旧团队", "2100-02-29", "\u202e03")
	f.Fuzz(func(t *testing.T, name, document, sex, born, village, phone, signed, team, on, populations string) {
		cells := map[models.ImportColumn]string{
			models.ColumnName: name, models.ColumnDocument: document, models.ColumnSex: sex, models.ColumnBirth: born, models.ColumnVillage: village, models.ColumnPhone: phone,
			models.ColumnSigned: signed, models.ColumnTeam: team, models.ColumnSignedOn: on, models.ColumnEndsOn: on, models.ColumnPopulations: populations,
		}
		row, problems := read(cells)
		for _, p := range problems {
			if p.Field == "" || p.Code == "" || p.Message == "" {
				t.Fatalf("a problem says too little: %+v", p)
			}
			if cell := strings.TrimSpace(cells[models.ImportColumn(p.Field)]); utf8.RuneCountInString(cell) > 6 && strings.Contains(p.Message, cell) {
				t.Fatalf("the problem of %s repeats the cell", p.Field)
			}
		}
		if len(problems) > 0 {
			return
		}
		d := row.Draft
		if d.Name == "" || d.VillageID == 0 || !utf8.ValidString(d.Name) || utf8.RuneCountInString(d.Name) > 64 {
			t.Fatalf("read without a problem: %+v", d)
		}
		if c := row.Contract; c != nil && (c.TeamID == 0 || c.EndsOn.Before(c.SignedOn) || c.TermYears < 1) {
			t.Fatalf("a paper contract read without a problem: %+v", c)
		}
	})
}

// An id reads back as it is written.
func FuzzID(f *testing.F) {
	for _, s := range []string{"1", "0", "-1", "01", "9223372036854775807", "9223372036854775808", "", "null", "１", "1\x00", "+1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := models.ParseID(s)
		if err == nil && (id <= 0 || id.String() != s) {
			t.Fatalf("%q reads as %d", s, id)
		}
		var again models.ID
		if jsonErr := again.UnmarshalJSON([]byte(`"` + s + `"`)); err == nil && (jsonErr != nil || again != id) {
			t.Fatalf("%q reads as %d in JSON: %v", s, again, jsonErr)
		}
	})
}
