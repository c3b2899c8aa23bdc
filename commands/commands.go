// Package commands has one file per command of the program: it reads settings, wires the
// parts together and calls them. It holds no rule of contracting.
package commands

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"jiayi/models"
)

// IO is where a command writes: results to Out, progress and complaints to Err.
type IO struct{ Out, Err io.Writer }

// The exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // the command ran and failed, or found what it looks for: drift, a broken chain
	exitUsage  = 2 // the command line or a setting is wrong
)

// program is every command. The order is that of the help text.
type program struct {
	Demo        demo          `cmd:"" help:"Look around: a synthetic district on SQLite, served on this machine."`
	Serve       serve         `cmd:"" help:"Serve the API, and do the work that happens by itself."`
	Migrate     migrate       `cmd:"" help:"Bring the database schema up to date."`
	Seed        seedCommand   `cmd:"" help:"Fill an empty database with the synthetic reference district."`
	Import      importCommand `cmd:"" help:"Load a county file of residents: xlsx, or csv in UTF-8 or GB18030."`
	Tally       tally         `cmd:"" help:"Verify or rebuild the counted figures."`
	Audit       audit         `cmd:"" help:"Verify the audit chain."`
	Job         job           `cmd:"" help:"Run by hand what usually happens by itself."`
	User        user          `cmd:"" help:"Keep the accounts of staff, without the API."`
	Keys        keysCommand   `cmd:"" help:"Print new random secrets for a new installation."`
	Openapi     openapi       `cmd:"" name:"openapi" help:"Print the OpenAPI description of the API."`
	Processes   processes     `cmd:"" help:"Print the state tables of the processes, for the documentation."`
	Healthcheck healthcheck   `cmd:"" help:"Ask the server on this machine whether it is ready."`
	Version     version       `cmd:"" help:"Print the version."`
}

const description = `Jiayi 家医: family-doctor contracting for a district.

Settings come from flags or from JIAYI_* environment variables; secrets only from the environment. Start with "jiayi demo".`

// Main reads the command line, runs the command and returns the exit code. The command
// stops when ctx ends.
func Main(ctx context.Context, args []string, std IO) int {
	var p program
	exited := -1
	parser, err := kong.New(&p, kong.Name("jiayi"), kong.Description(description), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Writers(std.Out, std.Err), kong.Exit(func(code int) { exited = code; panic(helpShown{}) }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(std))
	if err != nil {
		return fail(std, err) // a mistake in the tags above
	}
	selected, err := parse(parser, args)
	switch {
	case errors.Is(err, errHelpShown):
		return exited
	case err != nil:
		return fail(std, usageError{err})
	}
	if err := checkEnvironment(parser.Model); err != nil {
		return fail(std, err)
	}
	return fail(std, selected.Run())
}

// helpShown ends the parser after --help, where it would end the process.
type helpShown struct{}

var errHelpShown = errors.New("commands: help was shown")

func parse(parser *kong.Kong, args []string) (selected *kong.Context, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			if _, ok := cause.(helpShown); !ok {
				panic(cause)
			}
			err = errHelpShown
		}
	}()
	return parser.Parse(args)
}

// usageError is a mistake of whoever typed the command or set it up.
type usageError struct{ error }

// Unwrap returns the mistake.
func (e usageError) Unwrap() error { return e.error }

// errFound is returned by a command that has already printed what is wrong.
var errFound = errors.New("commands: reported")

// fail prints what went wrong and returns the exit code.
func fail(std IO, err error) int {
	var usage usageError
	var told *models.Error
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFound):
		return exitFailed
	case errors.As(err, &usage):
		_, _ = fmt.Fprintf(std.Err, "jiayi: %v\n", usage.error)
		return exitUsage
	case errors.As(err, &told):
		_, _ = fmt.Fprintf(std.Err, "jiayi: %s (%s)\n", told.Message, told.Error())
	default:
		_, _ = fmt.Fprintf(std.Err, "jiayi: %v\n", err)
	}
	return exitFailed
}
