package commands

import "jiayi/api"

// openapi prints the description of the API.
type openapi struct{}

// Help is the long help text.
func (openapi) Help() string {
	return "The same text as docs/openapi.json, which \"make openapi\" rewrites; a running server answers it at /openapi.json."
}

// Run prints the description.
func (openapi) Run(std IO) error {
	text, err := api.Golden()
	if err == nil {
		_, err = std.Out.Write(text)
	}
	return err
}
