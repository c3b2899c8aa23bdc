package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"jiayi/internal/seal"
	"jiayi/models/store"
)

// verdict is what is found after a drill.
type verdict struct {
	answered, open int // requests with and without an answer
	missing        int // acknowledged and not there
	doubled        int // there more than once
	half           int // there in part
	refused        int // answered with an error of the client, which none of them made
	drift          int
	chain          bool
	broken         *store.ChainBreak
	notes          []string
}

func (v verdict) clean() bool {
	return v.missing == 0 && v.doubled == 0 && v.half == 0 && v.refused == 0 && v.drift == 0 && v.chain
}

// note keeps what explains a miss.
func (v *verdict) note(format string, args ...any) {
	if len(v.notes) < 12 {
		v.notes = append(v.notes, fmt.Sprintf(format, args...))
	}
}

// check holds the ledger against the rows of the database, without the store's rules in
// between, and then asks the store for its figures and its chain.
func check(ctx context.Context, db *sql.DB, st *store.Store, stories []*story) (verdict, error) {
	v := verdict{chain: true}
	found, err := read(ctx, db)
	if err != nil {
		return v, err
	}
	for _, s := range stories {
		v.hold(s, found)
	}
	for _, q := range halves {
		var n int
		if err := db.QueryRowContext(ctx, q.sql).Scan(&n); err != nil {
			return v, fmt.Errorf("%s: %w", q.what, err)
		}
		if n > 0 {
			v.half += n
			v.note("%d %s", n, q.what)
		}
	}
	recount, err := st.VerifyTallies(ctx)
	if err != nil {
		return v, err
	}
	if !recount.Clean() {
		v.drift = len(recount.Drift) + recount.Standings + recount.Tasks + recount.Loads
		v.note("as of %s: %d figures differ, %d standings, %d tasks, %d team loads; first: %.300s", recount.AsOf, len(recount.Drift), recount.Standings, recount.Tasks, recount.Loads, fmt.Sprintf("%+v", recount.Drift))
	}
	chain, err := st.VerifyAudit(ctx, func(int64, int64) {})
	if err != nil {
		return v, err
	}
	if chain.Broken != nil {
		v.chain, v.broken = false, chain.Broken
		v.note("chain: %+v", *chain.Broken)
	}
	return v, nil
}

// found is what is in the database of each story, by the name of its resident.
type found map[string]*rows

type rows struct{ residents, contracts, ended, visits int }

// read counts by name; names of the load begin with one character.
func read(ctx context.Context, db *sql.DB) (found, error) {
	out := found{}
	for _, q := range []struct {
		sql string
		add func(r *rows, n int)
	}{
		{"SELECT name, COUNT(*) FROM residents WHERE name LIKE '演___' GROUP BY name", func(r *rows, n int) { r.residents = n }},
		{"SELECT r.name, COUNT(*) FROM residents r JOIN contracts c ON c.resident_id = r.id WHERE r.name LIKE '演___' GROUP BY r.name", func(r *rows, n int) { r.contracts = n }},
		{"SELECT r.name, COUNT(*) FROM residents r JOIN contracts c ON c.resident_id = r.id AND c.status = 'terminated' WHERE r.name LIKE '演___' GROUP BY r.name", func(r *rows, n int) { r.ended = n }},
		{"SELECT r.name, COUNT(*) FROM residents r JOIN encounters e ON e.resident_id = r.id WHERE r.name LIKE '演___' GROUP BY r.name", func(r *rows, n int) { r.visits = n }},
	} {
		if err := out.count(ctx, db, q.sql, q.add); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// count notes one number for every name.
func (f found) count(ctx context.Context, db *sql.DB, query string, add func(r *rows, n int)) error {
	list, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = list.Close() }()
	for list.Next() {
		var name string
		var n int
		if err := list.Scan(&name, &n); err != nil {
			return err
		}
		if f[name] == nil {
			f[name] = &rows{}
		}
		add(f[name], n)
	}
	return list.Err()
}

// hold compares one story with what is there of it: once what was acknowledged, at most
// once what was not.
func (v *verdict) hold(s *story, all found) {
	have := all[s.name]
	if have == nil {
		have = &rows{}
	}
	for what, n := range map[string]int{"resident": have.residents, "contract": have.contracts, "visit": have.visits, "end": have.ended} {
		x := s.at(what)
		switch {
		case x.answered:
			v.answered++
		case x.sent > 0:
			v.open++
		}
		switch {
		case x.answered && n == 0:
			v.missing++
			v.note("%s of %s was acknowledged and is not there", what, x.key)
		case n > 1:
			v.doubled++
			v.note("%s of %s is there %d times after %d sendings", what, x.key, n, x.sent)
		case n > 0 && x.sent == 0:
			v.half++
			v.note("%s of %s is there and was never asked for", what, s.at("resident").key)
		}
		if x.refused != 0 {
			v.refused++
			v.note("%s was refused: %s", what, x.why)
		}
	}
}

// halves count what would be a transaction that took effect in part.
var halves = []struct{ what, sql string }{
	{"contracts without their agreement", "SELECT COUNT(*) FROM contracts c WHERE c.status = 'active' AND NOT EXISTS (SELECT 1 FROM agreements a WHERE a.contract_id = c.id)"},
	{"contracts without a package", "SELECT COUNT(*) FROM contracts c WHERE c.status = 'active' AND NOT EXISTS (SELECT 1 FROM contract_packages p WHERE p.contract_id = c.id)"},
	{"contracts without an event", "SELECT COUNT(*) FROM contracts c WHERE NOT EXISTS (SELECT 1 FROM contract_events e WHERE e.contract_id = c.id)"},
	{"agreements without their contract", "SELECT COUNT(*) FROM agreements a WHERE NOT EXISTS (SELECT 1 FROM contracts c WHERE c.id = a.contract_id)"},
	{"entered residents without a trace in the audit", "SELECT COUNT(*) FROM residents r WHERE r.name LIKE '演___' AND NOT EXISTS (SELECT 1 FROM audit_rows a WHERE a.resident_id = r.id AND a.action = 'resident.create')"},
	{"visits without a trace in the audit", "SELECT COUNT(*) FROM encounters e JOIN residents r ON r.id = e.resident_id WHERE r.name LIKE '演___' AND NOT EXISTS (SELECT 1 FROM audit_rows a WHERE a.resident_id = r.id AND a.action = 'followup.create')"},
}

// openStore opens the store as the server does, past every proxy.
func openStore(dsn string, env []string, opt store.Options) (*store.Store, func(), error) {
	db, err := store.OpenDatabase("mysql:"+dsn, 0)
	if err != nil {
		return nil, nil, err
	}
	of := func(name string) seal.Setting { return seal.Setting{Name: name, Value: setting(env, name)} }
	ring, err := seal.New(seal.Settings{Fields: of("JIAYI_FIELD_KEYS"), Index: of("JIAYI_INDEX_KEY"), Audit: of("JIAYI_AUDIT_KEYS")})
	if err != nil {
		return nil, nil, err
	}
	opt.Region, opt.AllowTestRegion = setting(env, "JIAYI_REGION"), true
	s := store.New(db, ring, opt)
	return s, func() { s.Close(); _ = db.Close() }, nil
}

// setting is the value of a variable in a list of settings.
func setting(env []string, name string) string {
	for _, e := range env {
		if value, ok := strings.CutPrefix(e, name+"="); ok {
			return value
		}
	}
	return ""
}
