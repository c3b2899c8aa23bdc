package models

import (
	"strings"
	"unicode/utf8"

	"jiayi/models/codes"
)

// ImportRow is what one row of a county file says about a person.
type ImportRow struct {
	Draft       ResidentDraft
	HouseholdNo string                // as the county numbers its households, "" for none
	Populations []Population          // without the derived ones
	Contract    *PaperContract        // signed on paper and in force today, else nil
	Dates       map[ImportColumn]Date // every date that could be read, for the sheet of errors
}

// PaperContract is a contract signed on paper before the district used this system.
type PaperContract struct {
	TeamID    ID
	SignedOn  Date // also its first day
	EndsOn    Date // last day
	TermYears int
}

// MaxHouseholdNo is the longest number of a household in a county file, in characters.
const MaxHouseholdNo = 32

// ImportGuide is what the reading of a row depends on besides the row.
type ImportGuide struct {
	Rules    codes.IDRules
	Villages VillageDirectory // of the importer's scope
	Teams    TeamDirectory    // of the importer's scope
	Date     func(text string) (Date, error)
}

// Read maps the cells of a row and checks them by the rules of typed residents. cell
// returns the cleaned text of a column, "" where the file has none. The fields of the
// problems are columns; one column has at most one problem.
func (g ImportGuide) Read(cell func(ImportColumn) string) (ImportRow, Problems) {
	r := rowReader{g: g, cell: cell, row: ImportRow{Dates: map[ImportColumn]Date{}}}
	r.person()
	r.household()
	r.populations()
	r.contract()
	return r.row, r.problems
}

type rowReader struct {
	g        ImportGuide
	cell     func(ImportColumn) string
	row      ImportRow
	problems Problems
}

// refuse notes the first problem of a column; what follows from it is not told twice.
func (r *rowReader) refuse(c ImportColumn, code, message string) {
	for _, p := range r.problems {
		if p.Field == string(c) {
			return
		}
	}
	r.problems.Add(string(c), code, message)
}

func (r *rowReader) person() {
	d := &r.row.Draft
	*d = ResidentDraft{
		Name: r.cell(ColumnName), DocumentNo: r.cell(ColumnDocument), Phone: r.cell(ColumnPhone), Address: r.cell(ColumnAddress), Permanent: true,
		BirthDate: r.date(ColumnBirth),
	}
	d.DocumentType = r.code(ColumnDocumentType, codes.DocumentTypes.Resolve, "type", "证件类型不正确")
	d.Sex = r.code(ColumnSex, codes.Sexes.Resolve, "enum", "性别应为男或女")
	d.HouseRelation = r.code(ColumnRelation, resolveRelation, "enum", "与户主关系不在国标范围内,可填户主、配偶、子、女、父亲、母亲等")
	if text := r.cell(ColumnVillage); text != "" {
		id, code := r.g.Villages.Find(text)
		d.VillageID = id
		switch code {
		case "unknown":
			r.refuse(ColumnVillage, code, "村(居)委会不存在,或不在您的管辖范围内")
		case "ambiguous":
			r.refuse(ColumnVillage, code, "有多个同名的村(居)委会,请填写代码,或在前面写明乡镇街道")
		}
	}
	var p Problems
	d.Check(&p, r.g.Rules)
	// Birth date and sex follow from the number, so where it is missing they are not asked for.
	nobody := d.DocumentNo == "" && d.BirthDate.IsZero()
	if nobody {
		r.refuse(ColumnDocument, "required", "请填写证件号码(一岁以内婴儿可以只填出生日期和性别)")
	}
	for _, f := range p {
		if nobody && (f.Field == "birth_date" || f.Field == "sex") {
			continue
		}
		r.refuse(draftColumns[f.Field], f.Code, f.Message)
	}
}

// resolveRelation keeps the finer of the two codes a relation may be written as.
func resolveRelation(text string) (string, bool) {
	if codes.Relations.Has(text) {
		return text, true
	}
	if code, ok := codes.DetailedRelations.Resolve(text); ok {
		return code, true
	}
	return codes.Relations.Resolve(text)
}

func (r *rowReader) code(c ImportColumn, resolve func(string) (string, bool), problem, message string) string {
	text := r.cell(c)
	if text == "" {
		return ""
	}
	code, ok := resolve(text)
	if !ok {
		r.refuse(c, problem, message)
	}
	return code
}

func (r *rowReader) date(c ImportColumn) Date {
	text := r.cell(c)
	if text == "" {
		return Date{}
	}
	d, err := r.g.Date(text)
	if err != nil {
		r.refuse(c, "date", "日期不存在或格式不正确,应为 2026-01-31 这样的形式")
		return Date{}
	}
	r.row.Dates[c] = d
	return d
}

func (r *rowReader) household() {
	r.row.HouseholdNo = strings.ReplaceAll(r.cell(ColumnHousehold), " ", "")
	if utf8.RuneCountInString(r.row.HouseholdNo) > MaxHouseholdNo {
		r.refuse(ColumnHousehold, "too_long", "户编号不能超过32个字")
	}
}

func (r *rowReader) populations() {
	var ok bool
	if r.row.Populations, ok = ParsePopulations(r.cell(ColumnPopulations)); !ok {
		r.refuse(ColumnPopulations, "enum", "有不认识的人群名称或代码,多个人群请用顿号分开")
	}
}

// signedWords are the answers to 是否签约, the codes of other systems among them (domain §1.6).
var signedWords = map[string]bool{
	"是": true, "已签约": true, "已签": true, "签约": true, "续约": true, "有": true, "1": true, "3": true, "Y": true, "YES": true, "TRUE": true, "√": true,
	"否": false, "未签约": false, "未签": false, "待签约": false, "待审核": false, "解约": false, "已解约": false, "已过期": false, "无": false,
	"0": false, "2": false, "4": false, "9": false, "N": false, "NO": false, "FALSE": false, "×": false, "X": false,
}

// contract reads what was signed on paper. Without an answer to 是否签约 a signing date
// is answer enough. A contract that is over is left out: nothing of it is in force.
func (r *rowReader) contract() {
	answer := strings.ToUpper(r.cell(ColumnSigned))
	signed, known := signedWords[answer]
	if answer == "" {
		signed, known = r.cell(ColumnSignedOn) != "", true
	}
	switch {
	case !known:
		r.refuse(ColumnSigned, "enum", "是否签约应填写“是”或“否”")
		return
	case !signed:
		return
	}
	c := PaperContract{TeamID: r.team(), SignedOn: r.date(ColumnSignedOn), EndsOn: r.date(ColumnEndsOn)}
	r.term(&c)
	if len(r.problems) == 0 && !c.EndsOn.Before(r.g.Rules.Today) {
		r.row.Contract = &c
	}
}

func (r *rowReader) team() ID {
	text := r.cell(ColumnTeam)
	if text == "" {
		r.refuse(ColumnTeam, "required", "已签约的居民请填写签约团队")
		return 0
	}
	id, code := r.g.Teams.Find(text)
	switch code {
	case "unknown":
		r.refuse(ColumnTeam, code, "签约团队不存在,或不在您的管辖范围内")
	case "ambiguous":
		r.refuse(ColumnTeam, code, "有多个同名的团队,请填写团队代码")
	case "closed":
		r.refuse(ColumnTeam, code, "该团队已停止服务")
	}
	return id
}

// term checks the dates and finds the term of 1 to 3 years (domain §1.6). Counties often
// write the anniversary where the last day is the day before it.
func (r *rowReader) term(c *PaperContract) {
	if c.SignedOn.IsZero() {
		r.refuse(ColumnSignedOn, "required", "已签约的居民请填写签约日期")
		return
	}
	if c.EndsOn.IsZero() {
		c.EndsOn = TermEnd(c.SignedOn, 1)
	}
	for c.TermYears = 1; c.TermYears < MaxTermYears && c.EndsOn.After(c.SignedOn.AddYears(c.TermYears)); {
		c.TermYears++
	}
	switch {
	case c.SignedOn.After(r.g.Rules.Today):
		r.refuse(ColumnSignedOn, "future", "签约日期不能晚于今天")
	case c.SignedOn.Before(r.row.Draft.BirthDate):
		r.refuse(ColumnSignedOn, "before_birth", "签约日期不能早于出生日期")
	case c.EndsOn.Before(c.SignedOn):
		r.refuse(ColumnEndsOn, "before_begin", "到期日期不能早于签约日期")
	case c.EndsOn.After(c.SignedOn.AddYears(MaxTermYears)):
		r.refuse(ColumnEndsOn, "out_of_range", "签约周期不能超过3年")
	}
}
