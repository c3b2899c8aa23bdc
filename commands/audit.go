package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"jiayi/models/store"
)

// audit keeps the audit chain.
type audit struct {
	Verify auditVerify `cmd:"" help:"Compute the whole chain anew and name the first row that does not hold."`
}

// anchor is a link somebody noted: SEQ:CODE.
type anchor store.Anchor

// UnmarshalText reads SEQ:CODE.
func (a *anchor) UnmarshalText(b []byte) error {
	seq, mac, ok := strings.Cut(string(b), ":")
	n, err := strconv.ParseInt(seq, 10, 64)
	if !ok || err != nil || n < 1 || mac == "" {
		return errors.New("must be SEQ:CODE, as an earlier verification printed it")
	}
	*a = anchor{Seq: n, MAC: mac}
	return nil
}

type auditVerify struct {
	Anchor anchor `placeholder:"SEQ:CODE" help:"Head of the chain that an earlier verification printed: shows that the end was not cut off since."`
	upkeepSettings
	logging
}

// Help is the long help text.
func (auditVerify) Help() string {
	return "Prints the head of the chain, to be noted where nobody who can change the database can change it. Exits with 1 when the chain is broken."
}

// Run verifies the chain.
func (c auditVerify) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	return c.with(ctx, "audit verify", func(s *store.Store) error {
		p := newProgress(std.Err)
		found, err := s.VerifyAudit(ctx, func(done, total int64) { p.tell("links", int(done), int(total)) })
		p.end()
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(std.Out, "links that hold: %d\nrows without a seal yet: %d\n", found.Checked, found.Unsealed)
		if found.Head.Seq > 0 {
			_, _ = fmt.Fprintf(std.Out, "head: %s\n", found.Head)
		}
		if b := found.Broken; b != nil {
			_, _ = fmt.Fprintf(std.Out, "BROKEN: %s, link %d, audit row %d (%s)\n", b.Kind, b.Seq, b.RowID, store.BreakLabels[b.Kind])
			return errFound
		}
		if c.Anchor.Seq > 0 {
			return s.CheckAnchor(ctx, store.Anchor(c.Anchor))
		}
		return nil
	})
}
