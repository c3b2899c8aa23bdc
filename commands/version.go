package commands

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version prints what this program was built from.
type version struct{}

// Run prints the version.
func (version) Run(std IO) error {
	_, err := fmt.Fprintf(std.Out, "jiayi %s (%s %s/%s)\n", programVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// programVersion is the module's version, or the commit it was built from.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "dev"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(len(s.Value), 12)]
		}
	}
	return "dev"
}
