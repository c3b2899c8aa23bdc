package commands

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far long work is: a bar on a terminal, plain lines elsewhere.
type progress struct {
	w        io.Writer
	terminal bool
	stage    string
	bar      *progressbar.ProgressBar
	told     time.Time
}

// lineEvery is how often a stage writes a plain line.
const lineEvery = 5 * time.Second

// barEvery is how often a bar is drawn again.
const barEvery = 100 * time.Millisecond

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, terminal: ok && term.IsTerminal(int(f.Fd()))} // #nosec G115 -- a file number
}

// tell notes that done of total are done in a stage; a new stage ends the one before.
// total may be 0 when nobody knows.
func (p *progress) tell(stage string, done, total int) {
	if stage != p.stage {
		p.end()
		p.stage, p.told = stage, time.Now()
		if p.terminal {
			p.bar = progressbar.NewOptions(max(total, -1), progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription(stage),
				progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true), progressbar.OptionFullWidth(),
				progressbar.OptionThrottle(barEvery), progressbar.OptionSetElapsedTime(true))
		}
	}
	switch {
	case p.bar != nil:
		if total > 0 && p.bar.GetMax() != total {
			p.bar.ChangeMax(total)
		}
		_ = p.bar.Set(done) // a terminal that has gone is no reason to stop
	case done >= total && total > 0, time.Since(p.told) >= lineEvery:
		p.told = time.Now()
		_, _ = fmt.Fprintf(p.w, "%s: %d of %d\n", stage, done, total)
	}
}

// end finishes the last stage.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
		_, _ = fmt.Fprintln(p.w)
		p.bar = nil
	}
	p.stage = ""
}
