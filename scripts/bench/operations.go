package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
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
	make   func(c *client.Client, n int) ([]request, error)
}

// writes is how many requests of a writing operation are made.
const writes = 6000

// operations are those of the table, in its order.
var operations = []operation{
	{"dashboard", "district", false, one("/stats/dashboard?by=team")},
	{"rates of all teams, each population", "district", false, one("/stats/contract-rates?by=team&population=each")},
	{"indicators of all teams", "district", false, one("/stats/indicators?by=team")},
	{"district figures", "district", false, one("/stats/contract-rates?by=district&population=all,key,03")},
	{"search by name", "district", false, searches(func(r resident) string { return r.Name })},
	{"search by initials", "district", false, one("/residents?q=zxy&limit=20")},
	{"search by record number", "district", false, ids("/residents/%s")},
	{"list first page", "district", false, one("/residents?population=04&signed=true&limit=20")},
	{"list page 1000", "district", false, page1000},
	{"one resident", "district", false, ids("/residents/%s")},
	{"timeline", "district", false, ids("/residents/%s/timeline?limit=20")},
	{"entitlements", "district", false, ids("/residents/%s/entitlements")},
	{"work list of a team", "lead001", false, one("/tasks?limit=20")},
	{"log a follow-up", "district", true, followups},
	{"sign up over the district", "district", true, signings},
}

func one(path string) func(*client.Client, int) ([]request, error) {
	return func(*client.Client, int) ([]request, error) { return []request{{"GET", "/api/v1" + path, ""}}, nil }
}

type resident struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Age  int    `json:"age"`
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

// followups are visits of people with hypertension, one each.
func followups(c *client.Client, n int) ([]request, error) {
	people, err := residents(c, "/residents?population=04", n)
	var out []request
	today := time.Now().In(time.FixedZone("", 8*3600)).Format("2006-01-02")
	for i, r := range people {
		out = append(out, request{"POST", "/api/v1/followups", mustJSON(map[string]any{
			"resident_id": r.ID, "visited_on": today, "visit_way": 1,
			"forms": map[string]any{"hypertension": map[string]any{"symptoms": []int{1}, "sbp": 118 + i%30, "dbp": 70 + i%17, "weight": 60 + i%20, "height": 160, "heart_rate": 68 + i%15,
				"smoke": 0, "drink": 0, "sport_times": 3, "sport_minutes": 30, "salt": 1, "psychology": 1, "compliance_behaviour": 1, "med_adherence": 1, "adr": 1}},
		})})
	}
	return out, err
}

// signings are on-site signings of unsigned adults over the whole district, with the team
// of their village.
func signings(c *client.Client, n int) ([]request, error) {
	var villages struct {
		Items []struct {
			ID     string `json:"id"`
			TeamID string `json:"team_id"`
		} `json:"items"`
		Next string `json:"next_cursor"`
	}
	if err := c.Get(context.Background(), "/villages?limit=100", &villages); err != nil {
		return nil, err
	}
	var out []request
	for round := 0; len(out) < n && round < len(villages.Items); round++ {
		v := villages.Items[round]
		people, err := residents(c, "/residents?signed=false&population=10&village="+v.ID, max(60, n/len(villages.Items)+1))
		if err != nil {
			return nil, err
		}
		for _, r := range people {
			if r.Age < 18 {
				continue
			}
			out = append(out, request{"POST", "/api/v1/contracts", mustJSON(map[string]any{"resident_id": r.ID, "team_id": v.TeamID, "signature": client.Signature})})
		}
	}
	return out[:min(n, len(out))], nil
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
		fmt.Printf("%s\t%s\t%d\n", op.name, kind, len(list))
	}
	return nil
}
