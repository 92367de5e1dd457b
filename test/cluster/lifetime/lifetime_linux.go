package lifetime

import "syscall"

// killWithParent covers what the pipe can't: a process that a test has paused (SIGSTOP)
// does not get to read the end of its input, but the kernel's signal ends it.
func killWithParent() {
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0)
}
