package api

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/handlers"
	"jiayi/models"
)

// dateSchema and idSchema describe our own scalar types, so that every date and id of
// the API has one schema and is checked, field by field, before a handler runs.
type (
	dateSchema string
	idSchema   string
)

// Schema implements huma.SchemaProvider.
func (dateSchema) Schema(huma.Registry) *huma.Schema {
	return checked(&huma.Schema{Type: huma.TypeString, Format: "date", Examples: []any{"2026-03-01"}})
}

// Schema implements huma.SchemaProvider.
func (idSchema) Schema(huma.Registry) *huma.Schema {
	return checked(&huma.Schema{Type: huma.TypeString, Pattern: "^[1-9][0-9]*$", MaxLength: new(19), Examples: []any{"12"}})
}

func checked(s *huma.Schema) *huma.Schema {
	s.PrecomputeMessages()
	return s
}

// registry reads the schemas of follow-up forms leniently when a request is checked.
type registry struct{ huma.Registry }

// MarshalJSON writes the schemas: the embedded interface does not promise to.
func (r registry) MarshalJSON() ([]byte, error) { return json.Marshal(r.Map()) }

// MarshalYAML does the same for YAML.
func (r registry) MarshalYAML() (any, error) { return r.Map(), nil }

// SchemaFromRef implements huma.Registry. A follow-up form is described field by field
// but read as any object: the clinical rules check it and say in Chinese what is wrong.
func (r registry) SchemaFromRef(ref string) *huma.Schema {
	if handlers.IsForm(ref) {
		return anyObject
	}
	return r.Registry.SchemaFromRef(ref)
}

var anyObject = func() *huma.Schema {
	s := &huma.Schema{Type: huma.TypeObject}
	s.PrecomputeMessages()
	return s
}()

// describe is the OpenAPI configuration: 3.1, one problem body, bearer tokens.
func describe(version string) huma.Config {
	schemas := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	schemas.RegisterTypeAlias(reflect.TypeFor[models.Date](), reflect.TypeFor[dateSchema]())
	schemas.RegisterTypeAlias(reflect.TypeFor[models.ID](), reflect.TypeFor[idSchema]())
	c := huma.DefaultConfig("家医 Jiayi", version)
	c.Components = &huma.Components{
		Schemas: registry{schemas},
		SecuritySchemes: map[string]*huma.SecurityScheme{
			"bearer": {Type: "http", Scheme: "bearer", BearerFormat: "JWT", Description: "POST /auth/staff 或 /auth/wechat 得到的 access_token"},
		},
	}
	c.Info.Description = "家庭医生签约服务系统接口。错误均为 application/problem+json,code 为稳定机器码,detail 为中文说明,errors 指出每个字段。"
	c.Servers = []*huma.Server{{URL: "/"}}
	c.CreateHooks = nil // no $schema fields, no Link headers
	c.SchemasPath = ""
	c.DocsPath = ""
	c.OpenAPIPath = "/openapi"
	c.RejectUnknownQueryParameters = true
	return c
}
