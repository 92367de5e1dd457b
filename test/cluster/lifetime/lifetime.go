// Package lifetime ends a program of the cluster tests together with the run that started it.
package lifetime

import (
	"io"
	"os"
)

// watchStdin is set by the harness, which holds the other end of our standard input.
const watchStdin = "ROLLWATCH_TEST_WATCH_STDIN"

// DieWithParent ties this process to the test process that started it: the system closes
// the pipe however that process dies, so nothing outlives a run. People who start a part
// by hand leave the variable unset and their terminal alone.
func DieWithParent() {
	if os.Getenv(watchStdin) == "" {
		return
	}
	killWithParent()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(1)
	}()
}
