package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/api"
	"jiayi/handlers"
)

// mayBeAnything are the ids that the samples' requests do not come to, and why.
var mayBeAnything = map[string]string{
	"plan-handover to_team_id": "of another kind of handover", "plan-handover village_ids": "of another kind of handover",
	"preview-handover to_team_id": "of another kind of handover", "preview-handover village_ids": "of another kind of handover",
	"create-referral signer_id": "with consent only", "move-referral hospital_id": "of another move", "move-home-service staff_ids": "of another move", "move-conversation staff_id": "of another move",
	"read-messages up_to": "a mark in one's own list, at most its end", "read-notices up_to": "a mark in one's own list, at most its end",
}

// No id of a body is taken on trust: one of nothing is refused, whoever sends it and whether
// or not the sample of the matrix has the field.
func TestUnknownIDsInBodies(t *testing.T) {
	s := matrixSite(t)
	tried := 0
	for _, r := range api.Routes(&handlers.Handlers{}) {
		var body map[string]any
		if r.Method == http.MethodGet || json.Unmarshal([]byte(samples[r.ID].body), &body) != nil {
			continue
		}
		for field, schema := range bodySchema(t, r).Properties {
			item := schema
			if schema.Items != nil {
				item = schema.Items
			}
			if !strings.HasPrefix(item.Pattern, "^[1-9]") || mayBeAnything[r.ID+" "+field] != "" {
				continue
			}
			with := maps.Clone(body)
			with[field] = "999999"
			if schema.Items != nil {
				with[field] = []string{"999999"}
			}
			text, err := json.Marshal(with)
			if err != nil {
				t.Fatal(err)
			}
			for _, as := range []string{"manager", "east", "qiang"} {
				if !actors[as].Can(r.Permission) {
					continue
				}
				tried++
				if status, _, answer := s.call(as, r.Method, api.Prefix+samples[r.ID].path, string(text), "If-Match", `"1"`); status < 400 || status >= 500 {
					t.Errorf("%s as %s takes %s of nothing: %d %s", r.ID, as, field, status, answer)
				}
			}
		}
	}
	if tried < 80 {
		t.Errorf("only %d ids were tried", tried)
	}
}

// bodySchema is what the file says of the route's body.
func bodySchema(t *testing.T, r api.Route) *huma.Schema {
	t.Helper()
	spec := described()
	op := spec.Paths[api.Prefix+r.Path].Post
	if r.Method == http.MethodPatch {
		op = spec.Paths[api.Prefix+r.Path].Patch
	}
	if op == nil || op.RequestBody == nil || op.RequestBody.Content["application/json"] == nil {
		t.Fatalf("%s has no body", r.ID)
	}
	schema := op.RequestBody.Content["application/json"].Schema
	if schema.Ref != "" {
		schema = spec.Components.Schemas.SchemaFromRef(schema.Ref)
	}
	return schema
}
