package models

import "time"

// AssessmentStatus is the state of an assessment.
type AssessmentStatus string

// The states. A closed assessment never changes: a correction is a new one.
const (
	AssessmentDraft     AssessmentStatus = "draft"
	AssessmentClosed    AssessmentStatus = "closed"
	AssessmentDiscarded AssessmentStatus = "discarded"
)

// AssessmentMove is an event of an assessment's life.
type AssessmentMove string

// The moves.
const (
	AssessmentMake    AssessmentMove = "make"
	AssessmentClose   AssessmentMove = "close"
	AssessmentDiscard AssessmentMove = "discard"
)

// AssessmentProcess is the state table of an assessment (domain §6.11).
var AssessmentProcess = Process[AssessmentStatus, AssessmentMove]{
	Noun: "assessment", Title: "考核",
	States: map[AssessmentStatus]string{AssessmentDraft: "草稿", AssessmentClosed: "已公布", AssessmentDiscarded: "已作废"},
	Moves:  map[AssessmentMove]string{AssessmentMake: "计算", AssessmentClose: "公布", AssessmentDiscard: "作废"},
	Steps: []Step[AssessmentStatus, AssessmentMove]{
		{AssessmentMake, nil, AssessmentDraft, PartyManager, AssessmentWrite, false},
		{AssessmentClose, []AssessmentStatus{AssessmentDraft}, AssessmentClosed, PartyManager, AssessmentWrite, false},
		{AssessmentDiscard, []AssessmentStatus{AssessmentDraft}, AssessmentDiscarded, PartyManager, AssessmentWrite, true},
	},
}

// Assessment is one assessment of every team, and every institution that has teams, on a
// month-end whose figures are frozen. What happened is counted from 1 January to that day.
type Assessment struct {
	ID         ID
	On         Date             `gorm:"column:assessed_on;not null;index"`
	SchemeID   ID               `gorm:"not null"`
	Status     AssessmentStatus `gorm:"size:16;not null"`
	CorrectsID ID               `gorm:"not null;index"`
	Reason     string           `gorm:"size:255;not null"` // of a correction
	Version    int              `gorm:"not null"`
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Move applies a move by the actor, who plays the parties, to the assessment; it is the only
// writer of its status.
func (a *Assessment) Move(m AssessmentMove, by Actor, parties Party, reason string) (Event, error) {
	to, e, err := AssessmentProcess.Move(a.Status, m, by, parties, reason)
	if err == nil {
		a.Status = to
	}
	return e, err
}

// AssessmentScore is what one team or institution was assessed at. Points are in hundredths.
type AssessmentScore struct {
	AssessmentID  ID        `gorm:"primaryKey;autoIncrement:false"`
	Kind          ScopeKind `gorm:"primaryKey;size:16"` // team or institution
	ScopeID       ID        `gorm:"primaryKey;autoIncrement:false"`
	InstitutionID ID        `gorm:"not null"`
	Name          string    `gorm:"size:128;not null"`
	Points        int64     `gorm:"not null"` // of the items that have a value
	Weight        int64     `gorm:"not null"` // of those items
	Signings      int       `gorm:"not null"` // false signings: disputes upheld
	Records       int       `gorm:"not null"` // false records: visits voided as untrue
	Deducted      int64     `gorm:"not null"`
	Vetoed        bool      `gorm:"not null"`
	Score         int64     `gorm:"not null"`
	Rank          int       `gorm:"column:place;not null"` // among its kind; equal scores share a rank
}

// AssessmentLine is one item of the worksheet of a team or institution.
type AssessmentLine struct {
	AssessmentID ID         `gorm:"primaryKey;autoIncrement:false"`
	Kind         ScopeKind  `gorm:"primaryKey;size:16"`
	ScopeID      ID         `gorm:"primaryKey;autoIncrement:false"`
	Code         AssessCode `gorm:"primaryKey;size:24"`
	Place        int        `gorm:"not null"`
	Numerator    int64      `gorm:"not null"`
	Denominator  int64      `gorm:"not null"` // 0: no value, the item is left out
	Target       int64      `gorm:"not null"` // hundredths of a percent
	Weight       int64      `gorm:"not null"`
	Points       int64      `gorm:"not null"`
}

// Share is a numerator with its denominator.
type Share struct{ Numerator, Denominator int }

// Plus adds two shares.
func (s Share) Plus(o Share) Share {
	return Share{s.Numerator + o.Numerator, s.Denominator + o.Denominator}
}

// PointsFor are the points of a share against a target (hundredths of a percent), rounded
// half up on the exact fraction. A share without a denominator has none, and ok is false.
func PointsFor(s Share, mode ScoringMode, target, weight int64) (points int64, ok bool) {
	if s.Denominator <= 0 {
		return 0, false
	}
	got, want := int64(s.Numerator)*10000, target*int64(s.Denominator)
	switch {
	case got >= want:
		return weight, true
	case mode == ScoreFull:
		return 0, true
	}
	return roundHalfUp(weight*got, want), true
}

// ScoreOf makes the worksheet and the score of one scope by a scheme: values by code, targets
// of the year in hundredths of a percent by their code. An item without a value is left out,
// and the others are scaled to 100 (缺项按其余项目的分值折算); each false signing or record
// takes the scheme's deduction off, and from its veto on the score is 0.
func ScoreOf(scheme AssessmentScheme, values map[AssessCode]Share, targets map[string]int64, signings, records int) (AssessmentScore, []AssessmentLine) {
	score := AssessmentScore{Signings: signings, Records: records}
	var lines []AssessmentLine
	for _, item := range scheme.Items {
		spec, _ := item.Code.Spec()
		target := item.Target
		if target == 0 {
			target = targets[spec.Target]
		}
		if target == 0 { // nothing was aimed at: everything is wanted
			target = 10000
		}
		v := values[item.Code]
		line := AssessmentLine{Code: item.Code, Place: item.Place, Numerator: int64(v.Numerator), Denominator: int64(v.Denominator), Target: target, Weight: item.Weight}
		if points, ok := PointsFor(v, item.Mode, target, item.Weight); ok {
			line.Points = points
			score.Points += points
			score.Weight += item.Weight
		}
		lines = append(lines, line)
	}
	if score.Weight > 0 {
		score.Score = roundHalfUp(score.Points*FullMarks, score.Weight)
	}
	score.Deducted = int64(signings+records) * scheme.Deduction
	score.Score = max(0, score.Score-score.Deducted)
	if score.Vetoed = scheme.Veto > 0 && signings+records >= scheme.Veto; score.Vetoed {
		score.Score = 0
	}
	return score, lines
}

// RankScores gives the scores of each kind their ranks: the same score the same rank.
func RankScores(scores []AssessmentScore) {
	for _, kind := range []ScopeKind{ScopeTeam, ScopeInstitution} {
		rates := make([]*float64, len(scores))
		for i, s := range scores {
			if s.Kind == kind {
				rates[i] = new(float64(s.Score))
			}
		}
		for i, rank := range Ranks(rates) {
			if scores[i].Kind == kind {
				scores[i].Rank = rank
			}
		}
	}
}
