package main

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// killWithParent covers what the pipe can't: a process that a test has paused (SIGSTOP)
// does not get to read the end of its input, but the kernel's signal ends it.
func killWithParent() {
	_ = unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0, 0, 0)
}
