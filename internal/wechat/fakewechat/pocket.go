package fakewechat

import (
	"encoding/json"
	"net/http"
	"slices"
)

// pocketUser is a user as the phone in a pocket shows it.
type pocketUser struct {
	OpenID string `json:"openid"`
	Label  string `json:"label"`
}

// Pocket answers what the WeChat app on a phone answers a page, for pages that run
// outside WeChat in a demonstration or a test: GET lists the users, with the labels that
// are given by openid; POST with ?user= and ?for=login or phone is a new single-use code.
// PUT with ?drill= makes WeChat fail from then on: see Drill.
func (s *Server) Pocket(labels map[string]string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) {
		writePocket(w, answer{"users": s.pocketUsers(labels)})
	})
	mux.HandleFunc("POST /", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		give, known := map[string]func(string) string{"login": s.LoginCode, "phone": s.PhoneCode}[q.Get("for")]
		if !known || !s.knows(q.Get("user")) {
			http.NotFound(w, r)
			return
		}
		writePocket(w, answer{"code": give(q.Get("user"))})
	})
	mux.HandleFunc("PUT /", func(w http.ResponseWriter, r *http.Request) {
		if !s.Drill(r.URL.Query().Get("drill")) {
			http.NotFound(w, r)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}

func (s *Server) pocketUsers(labels map[string]string) []pocketUser {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []pocketUser{}
	for openid := range s.users {
		out = append(out, pocketUser{openid, labels[openid]})
	}
	slices.SortFunc(out, func(a, b pocketUser) int {
		if a.OpenID < b.OpenID {
			return -1
		}
		return 1
	})
	return out
}

func (s *Server) knows(openid string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.users[openid] != nil
}

func writePocket(w http.ResponseWriter, a answer) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(a) // a client that has gone needs no answer
}
