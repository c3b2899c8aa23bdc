package commands

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"jiayi/internal/seal"
	"jiayi/internal/totp"
	"jiayi/models/store/seed"
)

// The files of a demonstration beside its database.
const (
	demoStateFile  = "state.json" // keys and what was seeded, for the next run
	demoLoginsFile = "demo.json"  // for whoever wants to sign in
)

// demoState is what a demonstration remembers between runs.
type demoState struct {
	FieldKeys string            `json:"field_keys"`
	IndexKey  string            `json:"index_key"`
	AuditKeys string            `json:"audit_keys"`
	JWTKeys   string            `json:"jwt_keys"`
	Seeded    bool              `json:"seeded"`
	Scale     float64           `json:"scale"`
	TOTP      map[string]string `json:"totp"` // secret by user name
	Result    seed.Result       `json:"result"`

	dir     string
	baseURL string
}

// loadDemo reads the state of the folder, or starts a new one and keeps it.
func loadDemo(dir string) (*demoState, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(dir, demoStateFile)) // #nosec G304 -- the folder is the operator's choice
	if errors.Is(err, os.ErrNotExist) {
		s := newSecrets()
		state := &demoState{FieldKeys: s.Seal.Fields.Value, IndexKey: s.Seal.Index.Value, AuditKeys: s.Seal.Audit.Value, JWTKeys: s.JWT, TOTP: map[string]string{}, dir: dir}
		err := state.save()
		return state, err
	}
	if err != nil {
		return nil, err
	}
	state := &demoState{dir: dir}
	if err := json.Unmarshal(text, state); err != nil {
		return nil, fmt.Errorf("%s cannot be read: run again with --fresh", filepath.Join(dir, demoStateFile))
	}
	return state, nil
}

func (d *demoState) keys() seal.Settings {
	return seal.Settings{
		Fields: seal.Setting{Name: envFieldKeys, Value: d.FieldKeys}, Index: seal.Setting{Name: envIndexKey, Value: d.IndexKey},
		Audit: seal.Setting{Name: envAuditKeys, Value: d.AuditKeys},
	}
}

// totp is the second factor of a user: always the same one.
func (d *demoState) totp(username string) string {
	if d.TOTP[username] == "" {
		secret, err := totp.NewSecret(otpIssuer, username)
		if err != nil { // only an empty name is refused
			return ""
		}
		d.TOTP[username] = secret.Base32
	}
	return d.TOTP[username]
}

// save keeps the state for the next run.
func (d *demoState) save() error { return writeJSON(filepath.Join(d.dir, demoStateFile), d) }

// write keeps the state and writes demo.json.
func (d *demoState) write(baseURL string) error {
	return errors.Join(d.save(), writeJSON(filepath.Join(d.dir, demoLoginsFile), describeLogins(baseURL, d.Result, demoPassword, d.TOTP)))
}

// print writes the table of logins. A one-time code is right for half a minute; the
// secret goes into an authenticator app.
func (d *demoState) print(w io.Writer, now time.Time) error {
	_, _ = fmt.Fprintf(w, "\nJiayi 家医 workbench 工作台: %s   API: %s/docs\n\n", d.baseURL, d.baseURL)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(t, "ROLE\tUSERNAME\tPASSWORD\tONE-TIME CODE NOW\tTOTP SECRET")
	for _, l := range d.Result.Logins {
		code, secret := "-", "-"
		if s := d.TOTP[l.Username]; s != "" {
			secret = s
			var err error
			if code, err = totp.Code(s, now); err != nil {
				return err
			}
		}
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", l.Role, l.Username, demoPassword, code, secret)
	}
	_, _ = fmt.Fprintln(t, "\nWECHAT CODE\tPHONE CODE\t\t\tRESIDENT")
	for _, u := range d.Result.Users {
		_, _ = fmt.Fprintf(t, "%s\t%s\t\t\t%s\n", u.OpenID, u.OpenID+phoneCodeSuffix, wechatNotes[u.Kind])
	}
	_, _ = fmt.Fprintf(t, "\nAll of this stands in %s. Ctrl-C stops the server.\n\n", filepath.Join(d.dir, demoLoginsFile))
	return t.Flush()
}

// writeJSON replaces a file that only the owner may read, whole or not at all.
func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	next := path + ".new"
	if err := os.WriteFile(next, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(next, path)
}
