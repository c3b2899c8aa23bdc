package models_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/codes"
)

var loadDay = calendar.MustDate("2026-11-23")

func guide() models.ImportGuide {
	return models.ImportGuide{
		Rules: codes.IDRules{Today: loadDay, AllowTestRegion: true},
		Villages: models.NewVillageDirectory([]models.Village{
			{ID: 1, Code: "37049900110100", EHRCode: "370499001101", StatCode: "370499001201", Name: "东村", Town: "榴园镇"},
			{ID: 2, Code: "37049900110200", EHRCode: "370499001102", StatCode: "370499001101", Name: "新村", Town: "榴园镇"},
			{ID: 3, Code: "37049900210100", EHRCode: "370499002101", StatCode: "370499002201", Name: "新村", Town: "石榴镇"},
			{ID: 4, Code: "37049900200100", EHRCode: "370499002001", StatCode: "370499002001", Name: "石榴社区", Town: "石榴镇"},
		}),
		Teams: models.NewTeamDirectory([]models.Team{
			{ID: 1, Code: "T001", Name: "东村团队", Status: models.TeamActive}, {ID: 2, Code: "T002", Name: "旧团队", Status: models.TeamClosed},
			{ID: 3, Code: "T003", Name: "同名团队", Status: models.TeamActive}, {ID: 4, Code: "T004", Name: "同名团队", Status: models.TeamActive},
		}),
		Date: calendar.ParseDate,
	}
}

// good is a row without a fault; tests change one cell of it.
func good() map[models.ImportColumn]string {
	return map[models.ImportColumn]string{
		models.ColumnName: "赵大", models.ColumnDocument: "370499195503010017", models.ColumnVillage: "东村", models.ColumnPhone: "13800000001",
		models.ColumnSigned: "是", models.ColumnTeam: "东村团队", models.ColumnSignedOn: "2026-01-01", models.ColumnEndsOn: "2026-12-31",
	}
}

func read(cells map[models.ImportColumn]string) (models.ImportRow, models.Problems) {
	return guide().Read(func(c models.ImportColumn) string { return cells[c] })
}

func TestReadGoodRow(t *testing.T) {
	row, problems := read(good())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := models.PaperContract{TeamID: 1, SignedOn: calendar.MustDate("2026-01-01"), EndsOn: calendar.MustDate("2026-12-31"), TermYears: 1}
	if d := row.Draft; d.Sex != "1" || d.BirthDate != calendar.MustDate("1955-03-01") || d.VillageID != 1 || !d.Permanent || row.Contract == nil || *row.Contract != want {
		t.Errorf("%+v %+v", row.Draft, row.Contract)
	}
}

func TestReadProblems(t *testing.T) {
	for _, c := range []struct {
		column models.ImportColumn
		cell   string
		code   string // "" for none
	}{
		{models.ColumnName, "", "required"},
		{models.ColumnName, "赵😀", "charset"},
		{models.ColumnDocument, "", "required"},
		{models.ColumnDocument, "370499195503010018", "checksum"},
		{models.ColumnDocument, "3.70499E+17", "scientific"},
		{models.ColumnDocument, "370499195503010000", "scientific"},
		{models.ColumnDocument, "37049919550301001", "length"},
		{models.ColumnDocument, "37049919550230001X", "birth_date"},
		{models.ColumnDocument, "37049920990301001X", "future_birth_date"},
		{models.ColumnDocument, "990499195503010017", "region"},
		{models.ColumnDocument, "３７０４９９１９５５０３０１００１７", ""},
		{models.ColumnDocumentType, "身份证", ""},
		{models.ColumnDocumentType, "1", ""},
		{models.ColumnDocumentType, "会员卡", "type"},
		{models.ColumnSex, "女性", ""},
		{models.ColumnSex, "雄", "enum"},
		{models.ColumnBirth, "1955-03-01", ""},
		{models.ColumnBirth, "1955-02-30", "date"},
		{models.ColumnBirth, "1955-03-02", "mismatch"},
		{models.ColumnPhone, "1380000", "length"},
		{models.ColumnPhone, "1.38E+10", "scientific"},
		{models.ColumnAddress, strings.Repeat("东", 101), "too_long"},
		{models.ColumnVillage, "", "required"},
		{models.ColumnVillage, "南村", "unknown"},
		{models.ColumnVillage, "新村", "ambiguous"},
		{models.ColumnVillage, "石榴镇新村", ""},
		{models.ColumnHousehold, "123456789012345678901234567890123", "too_long"},
		{models.ColumnRelation, "朋友圈", "enum"},
		{models.ColumnPopulations, "高血压、高个子", "enum"},
		{models.ColumnSigned, "也许", "enum"},
		{models.ColumnTeam, "", "required"},
		{models.ColumnTeam, "南村团队", "unknown"},
		{models.ColumnTeam, "旧团队", "closed"},
		{models.ColumnTeam, "同名团队", "ambiguous"},
		{models.ColumnSignedOn, "", "required"},
		{models.ColumnSignedOn, "2026-13-01", "date"},
		{models.ColumnSignedOn, "2026-11-24", "future"},
		{models.ColumnSignedOn, "1955-02-28", "before_birth"},
		{models.ColumnEndsOn, "2025-12-31", "before_begin"},
		{models.ColumnEndsOn, "2029-01-01", ""},
		{models.ColumnEndsOn, "2029-01-02", "out_of_range"},
	} {
		cells := good()
		cells[c.column] = c.cell
		_, problems := read(cells)
		switch {
		case c.code == "" && len(problems) > 0:
			t.Errorf("%s %q: %v", c.column, c.cell, problems)
		case c.code != "" && !slices.ContainsFunc(problems, func(f models.FieldError) bool { return f.Field == string(c.column) && f.Code == c.code }):
			t.Errorf("%s %q: %v, want %s", c.column, c.cell, problems, c.code)
		}
	}
}

func TestOneProblemAColumn(t *testing.T) {
	cells := good()
	cells[models.ColumnVillage], cells[models.ColumnPhone], cells[models.ColumnDocument] = "南村", "1", "1"
	_, problems := read(cells)
	seen := map[string]bool{}
	for _, p := range problems {
		if seen[p.Field] {
			t.Errorf("%s twice: %v", p.Field, problems)
		}
		seen[p.Field] = true
	}
	if len(problems) < 3 {
		t.Errorf("not every column is named: %v", problems)
	}
}

func TestVillagesByEveryName(t *testing.T) {
	villages := guide().Villages
	for text, want := range map[string]models.ID{
		"东村": 1, "东村村委会": 1, "东村委会": 1, "东村村民委员会": 1, "东村民委员会": 1, "榴园镇东村": 1, "榴园镇 东村": 1, "37049900110100": 1,
		"370499001101": 1, // a record code before a statistics code
		"370499001201": 1, "石榴社区": 4, "石榴社区居委会": 4, "石榴社区居民委员会": 4, "石榴居委会": 4, "370499002001": 4, "榴园镇新村": 2,
	} {
		if id, code := villages.Find(text); id != want || code != "" {
			t.Errorf("%s: %d %s, want %d", text, id, code, want)
		}
	}
}

func TestContractOnPaper(t *testing.T) {
	for _, c := range []struct {
		name, signed, on, ends string
		years                  int // 0 for no contract
		last                   string
	}{
		{"one year by default", "是", "2026-03-01", "", 1, "2027-02-28"},
		{"the last day", "已签约", "2025-11-24", "2026-11-23", 1, "2026-11-23"},
		{"over since yesterday", "是", "2025-11-23", "2026-11-22", 0, ""},
		{"the anniversary counts as one year", "1", "2026-01-01", "2027-01-01", 1, "2027-01-01"},
		{"two years", "√", "2026-01-01", "2027-01-02", 2, "2027-01-02"},
		{"a date without an answer", "", "2026-01-01", "2026-12-31", 1, "2026-12-31"},
		{"no", "否", "2026-01-01", "2026-12-31", 0, ""},
		{"neither answer nor date", "", "", "", 0, ""},
		{"signed today", "yes", "2026-11-23", "", 1, "2027-11-22"},
	} {
		cells := good()
		cells[models.ColumnSigned], cells[models.ColumnSignedOn], cells[models.ColumnEndsOn] = c.signed, c.on, c.ends
		row, problems := read(cells)
		if len(problems) > 0 || (row.Contract != nil) != (c.years > 0) {
			t.Errorf("%s: %+v %v", c.name, row.Contract, problems)
		} else if p := row.Contract; p != nil && (p.TermYears != c.years || p.EndsOn.String() != c.last) {
			t.Errorf("%s: %+v", c.name, *p)
		}
	}
}

func TestRelations(t *testing.T) {
	for text, want := range map[string]string{"户主": "02", "0": "0", "1": "1", "01": "01", "长子": "22", "儿媳": "38", "爷爷": "61", "孙辈": "40", "": ""} {
		cells := good()
		cells[models.ColumnRelation] = text
		if row, problems := read(cells); row.Draft.HouseRelation != want || len(problems) > 0 {
			t.Errorf("%s: %s %v", text, row.Draft.HouseRelation, problems)
		}
	}
}

func TestParsePopulations(t *testing.T) {
	for cell, want := range map[string][]models.Population{
		"":              nil,
		"无":             nil,
		"高血压":           {models.Hypertension},
		"高血压、糖尿病":       {models.Hypertension, models.Diabetes},
		"高血压患者,2型糖尿病患者": {models.Hypertension, models.Diabetes},
		"高血压,糖尿病;冠心病/脑卒中": {models.Hypertension, models.Diabetes, models.CoronaryDisease, models.Stroke},
		"高血压 糖尿病":         {models.Hypertension, models.Diabetes},
		"04;5":            {models.Hypertension, models.Diabetes},
		"65岁以上老年人、高血压、高血压": {models.Hypertension},
		"0~6岁儿童":        nil,
		"一般人群":          nil,
		"脱贫户":           {models.Poverty},
		"脱贫人口/防止返贫监测对象": {models.Poverty},
		"重性精神病、结核、残疾、慢阻肺":           {models.MentalDisorder, models.Tuberculosis, models.Disabled, models.COPD},
		"失独家庭|特扶":                   {models.SpecialFamily, models.SpecialSupport},
		"孕产妇;低保户;特困;肿瘤;高血脂;失能老人;其他": {models.Maternal, "11", "19", "20", models.Dyslipidaemia, models.DisabledElderly, "14"},
	} {
		got, ok := models.ParsePopulations(cell)
		if !ok || !slices.Equal(got, want) {
			t.Errorf("%s: %v %v, want %v", cell, got, ok, want)
		}
	}
	for _, cell := range []string{"高个子", "99", "高血压、", "高血压、高个子", "15"} {
		if got, ok := models.ParsePopulations(cell); ok != (cell == "高血压、") {
			t.Errorf("%s: %v %v", cell, got, ok)
		}
	}
}

// Every label and code of the table is read back as itself, or left out when derived.
func TestEveryPopulationHasAName(t *testing.T) {
	for _, spec := range models.Populations {
		for _, name := range []string{spec.Label, string(spec.Code)} {
			got, ok := models.ParsePopulations(name)
			want := []models.Population{spec.Code}
			if spec.Derived {
				want = nil
			}
			if !ok || !slices.Equal(got, want) {
				t.Errorf("%s: %v %v", name, got, ok)
			}
		}
	}
}

// Whatever a cell holds, reading it does not fail and a problem never repeats the cell.
func TestReadAnything(t *testing.T) {
	columns := slices.Collect(func(yield func(models.ImportColumn) bool) {
		for c := range models.ImportAliases {
			if !yield(c) {
				return
			}
		}
	})
	slices.Sort(columns)
	rapid.Check(t, func(t *rapid.T) {
		cells := good()
		c := rapid.SampledFrom(columns).Draw(t, "column")
		cells[c] = rapid.String().Draw(t, "cell")
		row, problems := read(cells)
		if len(problems) == 0 && (row.Draft.Name == "" || row.Draft.VillageID == 0 || row.Draft.BirthDate.IsZero()) {
			t.Errorf("a row without problems lacks what a resident needs: %+v", row.Draft)
		}
	})
}
