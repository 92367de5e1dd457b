// Command argo-controller is the Argo Rollouts controller, so that the tests run
// against the real thing with Go as their only need. Upstream's own main can't be
// imported; this is what is left of it without the flags that the tests don't use.
//
//	argo-controller KUBECONFIG HEALTH_PORT METRICS_PORT
//
// It listens on all addresses: run it in a network of its own.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"rollwatch.dev/lifetime"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: argo-controller KUBECONFIG HEALTH_PORT METRICS_PORT")
		os.Exit(2)
	}
	lifetime.DieWithParent()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "argo-controller:", err)
		os.Exit(1)
	}
}
