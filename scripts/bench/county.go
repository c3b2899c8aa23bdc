package main

import (
	"bufio"
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"jiayi/internal/calendar"
	"jiayi/models/codes"
)

// open opens the database past the store.
func open() (*sql.DB, error) {
	_, dsn, _ := strings.Cut(os.Getenv("JIAYI_DSN"), ":")
	return sql.Open("mysql", dsn+"?parseTime=true&charset=utf8mb4&clientFoundRows=true&tx_isolation=%27READ-COMMITTED%27")
}

// county prints a county file with as many adults as it is told, over all villages.
func county(ctx context.Context, _ settings) error {
	n, err := strconv.Atoi(flag.Arg(1))
	if err != nil {
		return err
	}
	db, err := open()
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	var villages []string
	rows, err := db.QueryContext(ctx, "SELECT code FROM villages ORDER BY id")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var code string
		if err := rows.Scan(&code); err != nil {
			return err
		}
		villages = append(villages, code)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	_, _ = fmt.Fprintln(out, "姓名,身份证号,联系电话,村居,现住址,人群分类")
	const days = 14600 // to 1989: old enough for every population of the file
	for i := range n {
		born := calendar.NewDate(1950, 1, 1).AddDays(i % days)
		_, _ = fmt.Fprintf(out, "量%c%c,%s,188%08d,%s,测试路%d号,%s\n", 0x4E00+i%5000, 0x4E00+i/5000, codes.ComposeIDNumber("370499", born, 500+i/days), i, villages[i%len(villages)], i%300,
			[...]string{"", "", "高血压患者", ""}[i%4])
	}
	return out.Flush()
}
