package models

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"jiayi/internal/calendar"
)

// Survey is one anonymous answer to the satisfaction survey (domain §6.6). It does not say
// whose it is: a keyed index alone keeps a person from answering twice, and nobody can turn
// it back into a person.
type Survey struct {
	ID            ID     `gorm:"index:ix_surveys_texts,priority:3"`
	Once          string `gorm:"size:64;not null;uniqueIndex"`               // blind index of person and quarter, or person and visit
	Shuffle       int64  `gorm:"not null;index:ix_surveys_texts,priority:2"` // random: the order in which texts are read
	Quarter       string `gorm:"size:6;not null;index:ix_surveys_quarter,priority:1;index:ix_surveys_texts,priority:1"`
	InstitutionID ID     `gorm:"not null;index:ix_surveys_quarter,priority:2"`
	TeamID        ID     `gorm:"not null;index:ix_surveys_quarter,priority:3"` // that cares for the person, or made the visit
	AfterVisit    bool   `gorm:"not null"`
	SurveyScores  `gorm:"embedded"`
	Aware         bool   `gorm:"not null"` // knows who the own family doctor is
	Comment       string `gorm:"serializer:sealed;type:text"`
}

// SurveyScores are the answers to the six questions, 5 very satisfied to 1 very dissatisfied.
type SurveyScores struct {
	Attitude   int `gorm:"column:q1;not null" json:"attitude" minimum:"1" maximum:"5" doc:"服务态度"`
	Skill      int `gorm:"column:q2;not null" json:"skill" minimum:"1" maximum:"5" doc:"专业水平"`
	Contact    int `gorm:"column:q3;not null" json:"contact" minimum:"1" maximum:"5" doc:"联系方便"`
	Fulfilment int `gorm:"column:q4;not null" json:"fulfilment" minimum:"1" maximum:"5" doc:"履约情况"`
	Referral   int `gorm:"column:q5;not null" json:"referral" minimum:"1" maximum:"5" doc:"转诊/用药便利"`
	Overall    int `gorm:"column:q6;not null" json:"overall" minimum:"1" maximum:"5" doc:"总体评价:5 很满意 4 满意 3 一般 2 不满意 1 很不满意"`
}

// SurveyQuestions are the names and Chinese labels of the six questions, in order.
var SurveyQuestions = [6][2]string{{"attitude", "服务态度"}, {"skill", "专业水平"}, {"contact", "联系方便"}, {"fulfilment", "履约情况"}, {"referral", "转诊/用药便利"}, {"overall", "总体评价"}}

// List is the scores in the order of the questions.
func (s SurveyScores) List() [6]int {
	return [6]int{s.Attitude, s.Skill, s.Contact, s.Fulfilment, s.Referral, s.Overall}
}

// Rules of the survey (domain §6.6, §1.10 SN11).
const (
	SatisfiedFrom = 4   // an overall score from which the person counts as satisfied
	LeastShown    = 5   // a figure of fewer people is not shown
	MaxOpinion    = 500 // characters of the free text
)

// SurveyDraft is what a person answers.
type SurveyDraft struct {
	ResidentID  ID
	EncounterID ID // after this visit; 0 for the survey of the quarter
	Scores      SurveyScores
	Aware       bool
	Comment     string
}

// Check notes every answer that is missing or out of range.
func (d SurveyDraft) Check(p *Problems) {
	for i, n := range d.Scores.List() {
		if n < 1 || n > 5 {
			p.Add("scores."+SurveyQuestions[i][0], "out_of_range", "请对“"+SurveyQuestions[i][1]+"”评1至5分")
		}
	}
	if len([]rune(d.Comment)) > MaxOpinion {
		p.Add("comment", "too_long", fmt.Sprintf("意见不能超过%d个字", MaxOpinion))
	}
}

// QuarterOf is the name of the day's quarter: "2026Q4".
func QuarterOf(d Date) string {
	return fmt.Sprintf("%04dQ%d", d.Year(), (int(d.Month())+2)/3)
}

// ParseQuarter is the last day of a quarter by its name.
func ParseQuarter(name string) (Date, error) {
	bad := InvalidField("quarter", "format", "季度格式应为 2026Q4")
	if len(name) != 6 || name[4] != 'Q' || name[5] < '1' || name[5] > '4' {
		return Date{}, bad
	}
	year, err := strconv.Atoi(name[:4])
	if err != nil || year < 2000 || year > 2999 {
		return Date{}, bad
	}
	return calendar.NewDate(year, time.Month(3*int(name[5]-'0')), 1).MonthEnd(), nil
}

// Suppress tells which of the parts of a whole must not be shown, by their numbers of
// people, when the whole is shown: those of fewer than LeastShown people, and so many of the
// next smallest that the hidden ones are at least two and at least LeastShown people
// together, since the whole less the parts shown is what they hide. Parts of nobody hide
// nobody and are shown.
func Suppress(counts []int) []bool {
	out := make([]bool, len(counts))
	order := make([]int, 0, len(counts))
	for i, n := range counts {
		if n > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return counts[a] - counts[b] })
	hidden, people := 0, 0
	for _, i := range order {
		if counts[i] >= LeastShown && (hidden == 0 || hidden >= 2 && people >= LeastShown) {
			break
		}
		out[i] = true
		hidden, people = hidden+1, people+counts[i]
	}
	return out
}
