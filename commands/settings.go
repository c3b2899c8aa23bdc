package commands

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// The secrets. They come from the environment alone: a command line can be read by
// everyone on the machine.
const (
	envJWTKeys      = "JIAYI_JWT_KEYS"
	envFieldKeys    = "JIAYI_FIELD_KEYS"
	envIndexKey     = "JIAYI_INDEX_KEY"
	envAuditKeys    = "JIAYI_AUDIT_KEYS"
	envWechatSecret = "JIAYI_WECHAT_SECRET" // #nosec G101 -- the name of a setting
	envS3Key        = "JIAYI_S3_KEY"
	envS3Secret     = "JIAYI_S3_SECRET" // #nosec G101 -- the name of a setting
)

var secretNames = []string{envJWTKeys, envFieldKeys, envIndexKey, envAuditKeys, envWechatSecret, envS3Key, envS3Secret}

// environmentPrefix begins the name of every setting; testPrefix those of the tests.
const (
	environmentPrefix = "JIAYI_"
	testPrefix        = "JIAYI_TEST_"
)

// checkEnvironment refuses JIAYI_* variables that no setting has: they are typing errors,
// and what was meant would silently not be set.
func checkEnvironment(model *kong.Application) error {
	known := slices.Clone(secretNames)
	_ = kong.Visit(model, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			known = append(known, flag.Envs...)
		}
		return next(nil)
	})
	var unknown []string
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, environmentPrefix) && !strings.HasPrefix(name, testPrefix) && !slices.Contains(known, name) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	slices.Sort(unknown)
	return usageError{fmt.Errorf("unknown environment variable: %s", strings.Join(unknown, ", "))}
}

// missing collects the names of settings that are needed and not there, so that all are
// told at once.
type missing []string

func (m *missing) need(name, value string) string {
	if strings.TrimSpace(value) == "" {
		*m = append(*m, name)
	}
	return value
}

func (m *missing) secret(name string) string { return m.need(name, os.Getenv(name)) }

func (m missing) err(command string) error {
	if len(m) == 0 {
		return nil
	}
	return usageError{fmt.Errorf("%s needs these settings, which are missing: %s", command, strings.Join(m, ", "))}
}

// region is a county code of GB/T 2260.
type region string

var sixDigits = regexp.MustCompile(`^[0-9]{6}$`)

// UnmarshalText reads the setting.
func (r *region) UnmarshalText(b []byte) error {
	if len(b) > 0 && !sixDigits.Match(b) {
		return errors.New("must be a district code of six digits")
	}
	*r = region(b)
	return nil
}

// listenAddress is HOST:PORT; an empty host is every address of the machine.
type listenAddress string

// UnmarshalText reads the setting.
func (l *listenAddress) UnmarshalText(b []byte) error {
	if _, port, err := net.SplitHostPort(string(b)); err != nil || port == "" {
		return errors.New("must be HOST:PORT or :PORT")
	}
	*l = listenAddress(b)
	return nil
}

// webAddress is an http or https address without user, query or fragment.
type webAddress string

// UnmarshalText reads the setting.
func (w *webAddress) UnmarshalText(b []byte) error {
	u, err := url.Parse(string(b))
	if len(b) > 0 && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "") {
		return errors.New("must be an http or https address")
	}
	*w = webAddress(b)
	return nil
}

// network is an address or a block of addresses.
type network string

// UnmarshalText reads the setting.
func (n *network) UnmarshalText(b []byte) error {
	_, blockErr := netip.ParsePrefix(string(b))
	_, addrErr := netip.ParseAddr(string(b))
	if blockErr != nil && addrErr != nil {
		return errors.New("must be an address or a block like 10.0.0.0/8")
	}
	*n = network(b)
	return nil
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// count is a positive whole number.
type count int

// UnmarshalText checks while it reads: a Validate method would not see the environment.
func (c *count) UnmarshalText(b []byte) error {
	var n int
	if _, err := fmt.Sscanf(string(b), "%d", &n); err != nil || n < 1 || fmt.Sprint(n) != string(b) {
		return errors.New("must be a positive whole number")
	}
	*c = count(n)
	return nil
}
