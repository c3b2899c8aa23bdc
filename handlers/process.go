package handlers

import (
	"time"

	"jiayi/models"
)

// ProcessEvent is one line of the history of a process.
type ProcessEvent struct {
	At        time.Time `json:"at"`
	Move      string    `json:"move"`
	MoveLabel string    `json:"move_label"`
	To        string    `json:"to"`
	ToLabel   string    `json:"to_label"`
	By        string    `json:"by" doc:"staff:编号、resident:编号 或 system"`
	ByName    string    `json:"by_name" doc:"办理人:工作人员姓名、居民或系统"`
	Reason    string    `json:"reason,omitempty"`
}

// Action is a move that may be made now: a button.
type Action struct {
	Move  string `json:"move"`
	Label string `json:"label"`
}

// processEvents shows a history with the labels of its state table.
func processEvents[S, M ~string](p models.Process[S, M], events []models.Event) []ProcessEvent {
	out := make([]ProcessEvent, len(events))
	for i, e := range events {
		out[i] = ProcessEvent{e.At, e.Move, p.Moves[M(e.Move)], e.To, p.States[S(e.To)], e.By, e.ByName, e.Reason}
	}
	return out
}

// actions shows moves with the labels of their state table.
func actions[S, M ~string](p models.Process[S, M], moves []M) []Action {
	out := make([]Action, len(moves))
	for i, m := range moves {
		out[i] = Action{string(m), p.Moves[m]}
	}
	return out
}
