package handlers

import "github.com/danielgtaylor/huma/v2"

// orNull says that a field which refers to another schema may be null: huma takes such a
// field for one that is always there.
func orNull(s *huma.Schema, fields ...string) *huma.Schema {
	for _, f := range fields {
		p := s.Properties[f]
		s.Properties[f] = &huma.Schema{Description: p.Description, AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}}
	}
	return s
}

// TransformSchema implements huma.SchemaTransformer.
func (VitalSeries) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	return orNull(s, "latest")
}

// TransformSchema implements huma.SchemaTransformer.
func (SurveyRow) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	return orNull(s, "satisfied", "aware")
}
