package api

import (
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// Huma's validation texts are templates of the form "code|Chinese message", set once
// before serving; fieldProblem takes them apart again. A template whose message needs
// the name of the missing field writes it between code and message.
func init() {
	huma.NewError = humaProblem
	validation.MsgUnexpectedProperty = "unknown_field|不认识的字段"
	validation.MsgExpectedRFC3339DateTime = "format|应为日期时间,如 2026-03-01T08:00:00Z"
	validation.MsgExpectedRFC1123DateTime = "format|应为日期时间"
	validation.MsgExpectedRFC3339Date = "format|应为存在的日期,格式如 2026-03-01"
	validation.MsgExpectedRFC3339Time = "format|应为时间,格式如 08:00:00"
	validation.MsgExpectedRFC3986URI = "format|应为网址"
	validation.MsgExpectedRegexp = "format|格式不正确"
	validation.MsgExpectedMatchAtLeastOneSchema = "format|格式不正确"
	validation.MsgExpectedMatchExactlyOneSchema = "format|格式不正确"
	validation.MsgExpectedNotMatchSchema = "format|格式不正确"
	validation.MsgExpectedPropertyNameInObject = "required|请填写该字段"
	validation.MsgExpectedBoolean = "type|应为 true 或 false"
	validation.MsgExpectedNumber = "type|应为数字"
	validation.MsgExpectedInteger = "type|应为整数"
	validation.MsgExpectedString = "type|应为文字"
	validation.MsgExpectedBase64String = "format|应为 base64 编码"
	validation.MsgExpectedArray = "type|应为列表"
	validation.MsgExpectedObject = "type|应为对象"
	validation.MsgExpectedArrayItemsUnique = "duplicate|列表中有重复项"
	validation.MsgExpectedOneOf = "enum|应为下列之一:%s"
	validation.MsgExpectedMinimumNumber = "out_of_range|不能小于 %v"
	validation.MsgExpectedExclusiveMinimumNumber = "out_of_range|应大于 %v"
	validation.MsgExpectedMaximumNumber = "out_of_range|不能大于 %v"
	validation.MsgExpectedExclusiveMaximumNumber = "out_of_range|应小于 %v"
	validation.MsgExpectedNumberBeMultipleOf = "out_of_range|应为 %v 的倍数"
	validation.MsgExpectedMinLength = "too_short|至少 %d 个字"
	validation.MsgExpectedMaxLength = "too_long|不能超过 %d 个字"
	validation.MsgExpectedBePattern = "format|格式不正确"
	validation.MsgExpectedMatchPattern = "format|格式不正确"
	validation.MsgExpectedMinItems = "too_short|至少 %d 项"
	validation.MsgExpectedMaxItems = "too_long|不能超过 %d 项"
	validation.MsgExpectedMinProperties = "too_short|至少 %d 项"
	validation.MsgExpectedMaxProperties = "too_long|不能超过 %d 项"
	validation.MsgExpectedRequiredProperty = "required:%s|请填写该字段"
	validation.MsgExpectedDependentRequiredProperty = "required:%s|请填写该字段(填写 %s 时必填)"
}

// hardCoded translates the few texts huma does not let one set.
var hardCoded = []struct{ prefix, code, message string }{
	{"required", "required", "请填写该参数"},
	{"unknown query parameter", "unknown_parameter", "不认识的查询参数"},
	{"invalid integer", "type", "应为整数"},
	{"invalid float", "type", "应为数字"},
	{"invalid boolean", "type", "应为 true 或 false"},
	{"invalid date", "format", "应为日期时间"},
	{"calendar:", "format", "应为存在的日期,格式如 2026-03-01"},
	{"invalid value: calendar:", "format", "应为存在的日期,格式如 2026-03-01"},
}

// A name is only given back when it looks like a field's: what was sent as a name may
// be somebody's ID number.
var (
	fieldPath  = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.\[\]-]{0,99}$`)
	manyDigits = regexp.MustCompile(`[0-9]{5}`)
)

// fieldProblem turns a validation text into a field error in Chinese. Nothing of an
// unknown text is passed on: it may hold the value.
func fieldProblem(field, text string) ProblemField {
	if field != "" && (!fieldPath.MatchString(field) || manyDigits.MatchString(field)) {
		field = "(无法识别的字段名)"
	}
	if head, message, ok := strings.Cut(text, "|"); ok {
		code, missing, _ := strings.Cut(head, ":")
		message, _, _ = strings.Cut(message, "%!(") // what huma formats into a text that has no place for it
		if missing != "" {
			field = strings.TrimPrefix(field+"."+missing, ".")
		}
		return ProblemField{field, code, message}
	}
	for _, h := range hardCoded {
		if strings.HasPrefix(text, h.prefix) {
			return ProblemField{field, h.code, h.message}
		}
	}
	return ProblemField{field, "invalid", "格式不正确"}
}
