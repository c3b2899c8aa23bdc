package main

import (
	"context"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dashboardByGroups is the dashboard's answer without tallies: every population of every
// team, counted over the residents.
const dashboardByGroups = `SELECT v.team_id, m.code, COUNT(*), SUM(r.counted_signed) FROM residents r JOIN villages v ON v.id = r.village_id
LEFT JOIN memberships m ON m.resident_id = r.id AND m.open = 1 WHERE r.status = 'living' GROUP BY v.team_id, m.code`

// groups prints how long that takes, the best of three, in milliseconds.
func groups(ctx context.Context, _ settings) error {
	db, err := open()
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	stmt, err := db.PrepareContext(ctx, dashboardByGroups)
	if err != nil {
		return err
	}
	defer func() { _ = stmt.Close() }()
	best := time.Duration(0)
	for range 3 {
		begun := time.Now()
		if err := readAll(ctx, stmt, nil); err != nil {
			return err
		}
		if took := time.Since(begun); best == 0 || took < best {
			best = took
		}
	}
	fmt.Printf("%.1f\n", best.Seconds()*1000)
	return nil
}

// growMost keeps what a copy begins with, which no hexadecimal digest does, at two characters.
const growMost = 10

// grown are the tables that grow, with the columns whose values must differ in each copy.
var grown = []struct {
	table  string
	unique map[string]string
}{
	{"residents", map[string]string{"record_no": "CONCAT(?, SUBSTRING(record_no, 3))", "document_index": "CONCAT(?, SUBSTRING(document_index, 3))"}},
	{"memberships", nil},
	{"contracts", map[string]string{"no": "CONCAT(?, SUBSTRING(no, 3))"}},
	{"tasks", nil},
}

// grow copies every resident with memberships, contracts and tasks, until there are N
// times as many: straight in the tables, for reads whose cost must not depend on it.
func grow(ctx context.Context, _ settings) error {
	n, err := strconv.Atoi(flag.Arg(1))
	if err != nil || n > growMost {
		return fmt.Errorf("grow up to %d times: %w", growMost, err)
	}
	db, err := open()
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for _, g := range grown {
		var columns string
		if err := db.QueryRowContext(ctx, "SELECT GROUP_CONCAT(CONCAT('`', column_name, '`') ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?", g.table).Scan(&columns); err != nil {
			return err
		}
		var top, people int64
		if err := db.QueryRowContext(ctx, "SELECT (SELECT MAX(id) FROM "+g.table+"), (SELECT MAX(id) FROM residents WHERE id < 10000000)").Scan(&top, &people); err != nil { // #nosec G202 -- names of the table above
			return err
		}
		for copy := 1; copy < n; copy++ {
			var values []string
			var args []any
			for _, c := range strings.Split(columns, ",") {
				switch name := strings.Trim(c, "`"); {
				case name == "id":
					values, args = append(values, "id + ?"), append(args, int64(copy)*10_000_000)
				case name == "resident_id":
					values, args = append(values, "resident_id + ?"), append(args, int64(copy)*10_000_000)
				case g.unique[name] != "":
					values, args = append(values, g.unique[name]), append(args, fmt.Sprintf("g%d", copy))
				default:
					values = append(values, c)
				}
			}
			args = append(args, top)
			q := "INSERT INTO " + g.table + " (" + columns + ") SELECT " + strings.Join(values, ", ") + " FROM " + g.table + " WHERE id <= ?" // #nosec G202 -- names of the schema
			if _, err := db.ExecContext(ctx, q, args...); err != nil {
				return fmt.Errorf("%s, copy %d: %w", g.table, copy, err)
			}
		}
	}
	return nil
}
