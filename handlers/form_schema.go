package handlers

import (
	"fmt"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/models/clinical"
)

// Forms holds the forms of a visit by programme. Its schema describes every field of
// every form; the forms themselves are checked by the rules, which name the field in
// Chinese and by its label.
type Forms map[string]map[string]any

// Form is the form of one programme.
type Form map[string]any

const refPrefix = "#/components/schemas/"

// formName is the name of a programme's form among the schemas.
func formName(program string) string {
	return strings.ToUpper(program[:1]) + program[1:] + "Form"
}

// IsForm tells whether the reference is to the schema of a form. The api reads such a
// body as any object, so that clinical.Form.Check is the one that refuses.
func IsForm(ref string) bool { return formSchemas()[ref] }

// formSchemas are the references to the forms' schemas, asked for with every body.
var formSchemas = sync.OnceValue(func() map[string]bool {
	refs := map[string]bool{}
	for _, p := range clinical.Programs() {
		refs[refPrefix+formName(p.Code)] = true
	}
	return refs
})

// Schema implements huma.SchemaProvider.
func (Forms) Schema(r huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}}
	for code, ref := range formRefs(r) {
		s.Properties[code] = ref
	}
	return s
}

// Schema implements huma.SchemaProvider.
func (Form) Schema(r huma.Registry) *huma.Schema {
	s := &huma.Schema{}
	refs := formRefs(r)
	for _, p := range clinical.Programs() {
		s.AnyOf = append(s.AnyOf, refs[p.Code])
	}
	return s
}

// formRefs registers the forms of the newest rules and returns references to them.
func formRefs(r huma.Registry) map[string]*huma.Schema {
	programs := clinical.Programs()
	pack := clinical.NewestPack()
	refs := make(map[string]*huma.Schema, len(programs))
	for _, p := range programs {
		form, _ := pack.Form(p.Code)
		s := objectSchema(form.Fields)
		s.Title, s.Description = form.Name, "规范版本 "+form.RuleVersion
		r.Map()[formName(p.Code)] = s
		refs[p.Code] = &huma.Schema{Ref: refPrefix + formName(p.Code)}
	}
	return refs
}

func objectSchema(fields []clinical.Field) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, AdditionalProperties: false}
	for _, f := range fields {
		s.Properties[f.Key] = fieldSchema(f)
		if f.Required && len(f.RequiredUnless) == 0 {
			s.Required = append(s.Required, f.Key)
		}
	}
	s.PrecomputeMessages()
	return s
}

func fieldSchema(f clinical.Field) *huma.Schema {
	s := &huma.Schema{Title: f.Label, Description: describeField(f), Minimum: f.Min, Maximum: f.Max}
	switch f.Type {
	case clinical.TypeInt:
		s.Type = huma.TypeInteger
	case clinical.TypeDecimal:
		s.Type = huma.TypeNumber
	case clinical.TypeText:
		s.Type, s.MaxLength = huma.TypeString, &f.MaxLength
	case clinical.TypeBool:
		s.Type = huma.TypeBoolean
	case clinical.TypeDate:
		s.Type, s.Format = huma.TypeString, "date"
	case clinical.TypeCode:
		s.Type, s.Enum = huma.TypeInteger, enumOf(f)
	case clinical.TypeCodes:
		s.Type, s.Items = huma.TypeArray, &huma.Schema{Type: huma.TypeInteger, Enum: enumOf(f)}
	case clinical.TypeRows:
		s.Type, s.MaxItems, s.Items = huma.TypeArray, &f.MaxRows, objectSchema(f.Columns)
	}
	return s
}

func enumOf(f clinical.Field) []any {
	out := make([]any, len(f.Codes))
	for i, o := range f.Codes {
		out[i] = o.Code
	}
	return out
}

// describeField says in words what the schema cannot: unit, labels of the codes, clause.
func describeField(f clinical.Field) string {
	var parts []string
	if f.Unit != "" {
		parts = append(parts, "单位 "+f.Unit)
	}
	for _, o := range f.Codes {
		parts = append(parts, fmt.Sprintf("%d %s", o.Code, o.Label))
	}
	if f.Computed != nil {
		parts = append(parts, "自动计算")
	}
	return strings.Join(parts, ";")
}
