package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"jiayi/scripts/client"
)

// operation is one thing people do all day. A writing one sends each request once: the
// first part of the list is for the floor, the rest for the server.
type operation struct {
	name   string
	who    string // username of the login
	writes bool
	must   promise
	make   func(c *client.Client, n int) ([]request, error)
}

// promise is what an operation must reach with the first number of users; zero fields
// promise nothing.
type promise struct {
	p95   float64 // milliseconds at most
	floor float64 // share of the floor at least
}

// writes is how many requests of a writing operation are made.
const writes = 6000

// operations are those of the table, in its order.
var operations = []operation{
	{"dashboard", "district", false, promise{p95: 25}, one("/stats/dashboard?by=team")},
	{"rates of all teams, each population", "district", false, promise{}, one("/stats/contract-rates?by=team&population=each")},
	{"indicators of all teams", "district", false, promise{}, one("/stats/indicators?by=team")},
	{"district figures", "district", false, promise{}, one("/stats/contract-rates?by=district&population=all,key,03")},
	{"search by name", "district", false, promise{p95: 20}, searches(func(r resident) string { return r.Name })},
	{"search by initials", "district", false, promise{p95: 20}, one("/residents?q=zxy&limit=20")},
	{"search by phone", "district", false, promise{p95: 20}, revealed(func(r plainly) string { return r.Phone })},
	{"search by ID number", "district", false, promise{p95: 20}, revealed(func(r plainly) string { return r.IDNumber })},
	{"list first page", "district", false, promise{p95: 20}, one("/residents?population=04&signed=true&limit=20")},
	{"list page 1000", "district", false, promise{p95: 20}, page1000},
	{"one resident", "district", false, promise{floor: 0.6}, ids("/residents/%s")},
	{"timeline", "district", false, promise{}, ids("/residents/%s/timeline?limit=20")},
	{"entitlements", "district", false, promise{}, ids("/residents/%s/entitlements")},
	{"work list of a team", "lead001", false, promise{p95: 15}, one("/tasks?limit=20")},
	{"log a follow-up", "district", true, promise{floor: 0.7}, followups},
	{"sign up over the district", "district", true, promise{floor: 0.7}, signings(spread)},
	{"sign up in one village cluster", "district", true, promise{floor: 0.7}, signings(cluster)},
	{"mix", "district", true, promise{}, mix},
}

func one(path string) func(*client.Client, int) ([]request, error) {
	return func(*client.Client, int) ([]request, error) { return []request{{"GET", "/api/v1" + path, ""}}, nil }
}

type resident struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Age    int    `json:"age"`
	TeamID string `json:"area_team_id"`
}

type residentPage struct {
	Items []resident `json:"items"`
	Next  string     `json:"next_cursor"`
}

// residents reads pages of a list until there are n people.
func residents(c *client.Client, path string, n int) ([]resident, error) {
	var out []resident
	cursor := ""
	for len(out) < n {
		var page residentPage
		if err := c.Get(context.Background(), path+"&limit=100"+cursor, &page); err != nil {
			return nil, err
		}
		out = append(out, page.Items...)
		if page.Next == "" {
			break
		}
		cursor = "&cursor=" + url.QueryEscape(page.Next)
	}
	return out[:min(n, len(out))], nil
}

func ids(pattern string) func(*client.Client, int) ([]request, error) {
	return func(c *client.Client, _ int) ([]request, error) {
		people, err := residents(c, "/residents?population=04&signed=true", 500)
		var out []request
		for _, r := range people {
			out = append(out, request{"GET", "/api/v1" + fmt.Sprintf(pattern, r.ID), ""})
		}
		return out, err
	}
}

func searches(of func(resident) string) func(*client.Client, int) ([]request, error) {
	return func(c *client.Client, _ int) ([]request, error) {
		people, err := residents(c, "/residents?population=04&signed=true", 500)
		var out []request
		for _, r := range people {
			out = append(out, request{"GET", "/api/v1/residents?limit=20&q=" + url.QueryEscape(of(r)), ""})
		}
		return out, err
	}
}

// page1000 walks to the thousandth page of the list.
func page1000(c *client.Client, _ int) ([]request, error) {
	const path = "/residents?population=04&signed=true"
	cursor := ""
	for range 999 / 5 { // pages of 100 are five of 20
		var page residentPage
		if err := c.Get(context.Background(), path+"&limit=100"+cursor, &page); err != nil {
			return nil, err
		}
		cursor = "&cursor=" + url.QueryEscape(page.Next)
	}
	return []request{{"GET", "/api/v1" + path + "&limit=20" + cursor, ""}}, nil
}

// followups are visits of people with hypertension, one each; a quarter of the people is
// left for the mix.
func followups(c *client.Client, n int) ([]request, error) {
	return visits(c, n, func(people []resident) []resident { return people[:len(people)*3/4] })
}

func visits(c *client.Client, n int, part func([]resident) []resident) ([]request, error) {
	people, err := residents(c, "/residents?population=04", n*4/3)
	people = part(people)
	var out []request
	today := time.Now().In(time.FixedZone("", 8*3600)).Format("2006-01-02")
	doctors := map[string]string{}
	for i, r := range people {
		doctor, err := familyDoctor(c, r.TeamID, doctors)
		if err != nil {
			return nil, err
		}
		out = append(out, request{"POST", "/api/v1/followups", mustJSON(map[string]any{
			"resident_id": r.ID, "visited_on": today, "visit_way": 1, "doctor_id": doctor,
			"forms": map[string]any{"hypertension": map[string]any{"symptoms": []int{1}, "sbp": 118 + i%30, "dbp": 70 + i%17, "weight": 60 + i%20, "height": 160, "heart_rate": 68 + i%15,
				"smoke": 0, "drink": 0, "sport_times": 3, "sport_minutes": 30, "salt": 1, "psychology": 1, "compliance_behaviour": 1, "med_adherence": 1, "adr": 1}},
		})})
	}
	return out, err
}

// familyDoctor is who leads a team: everyone visits their own people, as in a district.
func familyDoctor(c *client.Client, team string, known map[string]string) (string, error) {
	if id := known[team]; id != "" {
		return id, nil
	}
	var t struct {
		Members []struct {
			StaffID string `json:"staff_id"`
			Leader  bool   `json:"leader"`
		} `json:"members"`
	}
	if err := c.Get(context.Background(), "/teams/"+team, &t); err != nil {
		return "", err
	}
	for _, m := range t.Members {
		if m.Leader {
			known[team] = m.StaffID
		}
	}
	return known[team], nil
}

// How signings are spread: over every village, or filling the first ones.
const (
	spread  = false
	cluster = true
)

// signings are on-site signings of unsigned adults with the team of their village. Those
// of a cluster are taken from the last villages on, the others from the first: no resident
// is in both.
func signings(close bool) func(*client.Client, int) ([]request, error) {
	return func(c *client.Client, n int) ([]request, error) {
		list, cursor := []home(nil), ""
		for {
			var villages struct { // a new one each time: what an answer leaves out would stay
				Items []home `json:"items"`
				Next  string `json:"next_cursor"`
			}
			if err := c.Get(context.Background(), "/villages?limit=100"+cursor, &villages); err != nil {
				return nil, err
			}
			list = append(list, villages.Items...)
			if villages.Next == "" {
				break
			}
			cursor = "&cursor=" + url.QueryEscape(villages.Next)
		}
		each := max(20, n/len(list)+1)
		if close {
			slices.Reverse(list)
			each = 2000
		}
		var out []request
		for _, v := range list {
			if len(out) >= n {
				break
			}
			some, err := signingsIn(c, v, each, close)
			if err != nil {
				return nil, err
			}
			out = append(out, some...)
		}
		return out[:min(n, len(out))], nil
	}
}

// home is a village with its team.
type home struct {
	ID     string `json:"id"`
	TeamID string `json:"team_id"`
}

// signingsIn are those of one village; the first half of a village is for the spread.
func signingsIn(c *client.Client, v home, n int, rear bool) ([]request, error) {
	people, err := residents(c, "/residents?signed=false&population=10&village="+v.ID, 2000)
	if err != nil {
		return nil, err
	}
	half := len(people) / 2
	if rear {
		people = people[half:]
	} else {
		people = people[:half]
	}
	var out []request
	for _, r := range people[:min(n, len(people))] {
		if r.Age >= 18 {
			out = append(out, request{"POST", "/api/v1/contracts", mustJSON(map[string]any{"resident_id": r.ID, "team_id": v.TeamID, "signature": client.Signature})})
		}
	}
	return out, nil
}

// plainly is what only a reveal shows.
type plainly struct {
	IDNumber string `json:"id_number"`
	Phone    string `json:"phone"`
}

// revealed are searches for what is sealed.
func revealed(of func(plainly) string) func(*client.Client, int) ([]request, error) {
	return func(c *client.Client, _ int) ([]request, error) {
		people, err := residents(c, "/residents?population=04&signed=true", 20) // a day has 50 reveals
		var out []request
		for _, r := range people {
			var shown plainly
			if err := c.Call(context.Background(), "POST", "/residents/"+r.ID+"/reveal", map[string]string{"reason": "bench"}, &shown); err != nil {
				return nil, err
			}
			out = append(out, request{"GET", "/api/v1/residents?limit=20&q=" + url.QueryEscape(of(shown)), ""})
		}
		return out, err
	}
}

// mix is a day of a district: seven reads to three visits.
func mix(c *client.Client, n int) ([]request, error) {
	posts, err := visits(c, n, func(people []resident) []resident { return people[len(people)*3/4:] })
	if err != nil {
		return nil, err
	}
	people, err := residents(c, "/residents?population=04&signed=true", 500)
	var out []request
	for i := 0; i+3 <= len(posts) && err == nil; i += 3 {
		id := people[i%len(people)].ID
		for _, path := range []string{"/residents/" + id, "/residents/" + id + "/timeline?limit=20", "/residents/" + id + "/entitlements", "/tasks?team_id=1&limit=20",
			"/residents?limit=20&q=" + url.QueryEscape(people[i%len(people)].Name), "/stats/contract-rates?by=district&population=all,key,03", "/residents?population=04&signed=true&limit=20"} {
			out = append(out, request{"GET", "/api/v1" + path, ""})
		}
		out = append(out, posts[i:i+3]...)
	}
	return out, err
}

// writeRequests signs in and writes the requests of every operation, the token first.
func writeRequests(ctx context.Context, s settings) error {
	logins, err := client.ReadLogins(s.logins)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	clients := map[string]*client.Client{}
	for _, op := range operations {
		c := clients[op.who]
		if c == nil {
			if c, err = logins.SignIn(ctx, s.base, op.who); err != nil {
				return err
			}
			clients[op.who] = c
		}
		list, err := op.make(c, writes)
		if err != nil || len(list) == 0 {
			return fmt.Errorf("%s: no requests: %w", op.name, err)
		}
		var b strings.Builder
		fmt.Fprintln(&b, c.Token)
		for _, r := range list {
			fmt.Fprintf(&b, "%s\t%s\t%s\n", r.Method, r.Path, r.Body)
		}
		if err := os.WriteFile(s.file(op.name, "requests"), []byte(b.String()), 0o600); err != nil {
			return err
		}
		kind := "read"
		if op.writes {
			kind = "write"
		}
		fmt.Printf("%s\t%s\t%g\t%g\n", op.name, kind, op.must.p95, op.must.floor)
	}
	return nil
}

// renew signs in again and puts the new tokens before the requests.
func renew(ctx context.Context, s settings) error {
	logins, err := client.ReadLogins(s.logins)
	if err != nil {
		return err
	}
	tokens := map[string]string{}
	for _, op := range operations {
		if tokens[op.who] == "" {
			c, err := logins.SignIn(ctx, s.base, op.who)
			if err != nil {
				return err
			}
			tokens[op.who] = c.Token
		}
		b, err := os.ReadFile(s.file(op.name, "requests"))
		if err != nil {
			return err
		}
		_, rest, _ := strings.Cut(string(b), "\n")
		if err := os.WriteFile(s.file(op.name, "requests"), []byte(tokens[op.who]+"\n"+rest), 0o600); err != nil { // #nosec G703 -- the folder of this run
			return err
		}
	}
	return nil
}
