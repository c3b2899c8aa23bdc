package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// process is a program a drill runs, and may end at any moment.
type process struct {
	cmd  *exec.Cmd
	done chan struct{}
}

// launch starts a program whose output goes to the end of a log.
func launch(log string, env []string, name string, args ...string) (*process, error) {
	out, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600) // #nosec G304 -- the drill's own folder
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(name, args...) // #nosec G204 -- the drill's own programs
	cmd.Stdout, cmd.Stderr, cmd.Env = out, out, append(os.Environ(), env...)
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, out.Close())
	}
	p := &process{cmd, make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended is what the drill looks at
		_ = out.Close()
		close(p.done)
	}()
	return p, nil
}

// running tells whether the process is still there.
func (p *process) running() bool {
	if p == nil {
		return false
	}
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// kill ends it as a crash would: nothing is finished, nothing written out.
func (p *process) kill() { p.end(syscall.SIGKILL) }

// stop asks it to end, and waits.
func (p *process) stop() { p.end(syscall.SIGTERM) }

func (p *process) end(s syscall.Signal) {
	if p.running() {
		_ = p.cmd.Process.Signal(s)
		<-p.done
	}
}

// run runs a program to its end and returns what it printed.
func run(env []string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...) // #nosec G204 -- the drill's own programs
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return string(out), err
}
