package commands

import (
	"fmt"

	"jiayi/models"
)

// processes prints the state tables for the documentation.
type processes struct{}

// Run prints docs/processes.md.
func (processes) Run(std IO) error {
	_, err := fmt.Fprint(std.Out, "# Processes\n\nDrawn from the state tables in the code (`make processes`); a test holds this page against them.\n")
	for _, p := range models.Processes {
		if err == nil {
			_, err = fmt.Fprint(std.Out, "\n", p.Drawing())
		}
	}
	return err
}
