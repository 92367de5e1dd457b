// Command argo-controller is the Argo Rollouts controller and its kubectl plugin in one
// program, so that the tests run against the real thing with Go as their only need.
// Upstream's own mains can't be imported; this is what is left of them without the flags
// and commands that the tests don't use.
//
//	argo-controller KUBECONFIG HEALTH_PORT METRICS_PORT
//	kubectl-argo-rollouts ARGS…
//
// The controller listens on all addresses: run it in a network of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"rollwatch.dev/lifetime"
)

const pluginName = "kubectl-argo-rollouts"

func main() {
	run := runController
	// By a link of this name kubectl finds the plugin: "kubectl argo rollouts".
	if filepath.Base(os.Args[0]) == pluginName {
		run = runPlugin
	}
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

func runController(args []string) error {
	if len(args) != 3 {
		return errors.New("usage: argo-controller KUBECONFIG HEALTH_PORT METRICS_PORT")
	}
	lifetime.DieWithParent()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return control(ctx, args[0], args[1], args[2])
}
