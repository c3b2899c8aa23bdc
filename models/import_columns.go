package models

// ImportColumn is a column of a county file, under the heading of our template.
type ImportColumn string

// The columns.
const (
	ColumnName         ImportColumn = "姓名"
	ColumnDocument     ImportColumn = "身份证号"
	ColumnDocumentType ImportColumn = "证件类型"
	ColumnSex          ImportColumn = "性别"
	ColumnBirth        ImportColumn = "出生日期"
	ColumnPhone        ImportColumn = "联系电话"
	ColumnAddress      ImportColumn = "现住址"
	ColumnVillage      ImportColumn = "村居"
	ColumnHousehold    ImportColumn = "户编号"
	ColumnRelation     ImportColumn = "与户主关系"
	ColumnPopulations  ImportColumn = "人群分类"
	ColumnSigned       ImportColumn = "是否签约"
	ColumnTeam         ImportColumn = "签约团队"
	ColumnSignedOn     ImportColumn = "签约日期"
	ColumnEndsOn       ImportColumn = "到期日期"
)

// ImportAliases are the other headings county systems give the columns.
var ImportAliases = map[ImportColumn][]string{
	ColumnName:         nil,
	ColumnDocument:     {"身份证号码", "证件号码"},
	ColumnDocumentType: nil,
	ColumnSex:          nil,
	ColumnBirth:        nil,
	ColumnPhone:        {"手机号", "电话"},
	ColumnAddress:      {"家庭住址", "住址"},
	ColumnVillage:      {"村(居)委会", "所属村居"},
	ColumnHousehold:    {"家庭编号"},
	ColumnRelation:     nil,
	ColumnPopulations:  {"人群类型"},
	ColumnSigned:       nil,
	ColumnTeam:         nil,
	ColumnSignedOn:     nil,
	ColumnEndsOn:       nil,
}

// RequiredColumns are those without which no row can be loaded.
var RequiredColumns = []ImportColumn{ColumnName, ColumnDocument, ColumnVillage}

// draftColumns says which column a field of ResidentDraft comes from.
var draftColumns = map[string]ImportColumn{
	"name": ColumnName, "id_number": ColumnDocument, "document_type": ColumnDocumentType, "sex": ColumnSex, "birth_date": ColumnBirth,
	"phone": ColumnPhone, "address": ColumnAddress, "village_id": ColumnVillage, "household_relation": ColumnRelation,
}
