package commands

import (
	"io"
	"log/slog"
)

// logging is how much is logged, and in which form.
type logging struct {
	LogLevel  string `env:"JIAYI_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"Least level that is logged: ${enum}." group:"Logging:"`
	LogFormat string `env:"JIAYI_LOG_FORMAT" enum:"json,text" default:"json" help:"Form of the log: ${enum}." group:"Logging:"`
}

// start makes the settings those of the whole program; logs go to w.
func (l logging) start(w io.Writer) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(l.LogLevel)); err != nil {
		level = slog.LevelInfo // cannot happen: the levels are those of slog
	}
	opt := &slog.HandlerOptions{Level: level}
	var h slog.Handler = slog.NewJSONHandler(w, opt)
	if l.LogFormat == "text" {
		h = slog.NewTextHandler(w, opt)
	}
	slog.SetDefault(slog.New(h))
}
