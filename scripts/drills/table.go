package main

import (
	"fmt"
	"time"
)

// table prints a row a drill, and remembers whether all were clean.
type table struct {
	begun  bool
	missed bool
}

func (t *table) head() {
	if !t.begun {
		fmt.Println("| drill | acknowledged | unanswered | sent again | longest gap s | back after s | missing | doubled | in part | drift | chain | result |")
		fmt.Println("|---|---|---|---|---|---|---|---|---|---|---|---|")
		t.begun = true
	}
}

// row prints what was found after a drill.
func (t *table) row(name string, l *ledger, v verdict) {
	t.head()
	chain, result := "whole", "ok"
	if !v.chain {
		chain = "BROKEN"
	}
	if !v.clean() {
		result, t.missed = "MISSED", true
	}
	l.mu.Lock()
	again, gap, back := l.repeated, l.longest, l.back
	l.mu.Unlock()
	fmt.Printf("| %s | %d | %d | %d | %s | %s | %d | %d | %d | %d | %s | %s |\n", name, v.answered, v.open, again, seconds(gap), seconds(back), v.missing, v.doubled, v.half, v.drift, chain, result)
	t.explain(v)
}

// told prints what was seen of interrupted work, and what the whole database holds.
func (t *table) told(name, seen string, v verdict) {
	t.head()
	result := "ok"
	if !v.clean() {
		result, t.missed = "MISSED", true
	}
	chain := "whole"
	if !v.chain {
		chain = "BROKEN"
	}
	fmt.Printf("| %s | | | | | | | | %d | %d | %s | %s: %s |\n", name, v.half, v.drift, chain, result, seen)
	t.explain(v)
}

func (t *table) explain(v verdict) {
	for _, n := range v.notes {
		fmt.Println("    " + n)
	}
}

// failed prints a drill that could not be played to its end.
func (t *table) failed(name string, err error) {
	t.head()
	t.missed = true
	fmt.Printf("| %s | | | | | | | | | | | FAILED: %v |\n", name, err)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()) }
