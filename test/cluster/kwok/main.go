// Command kwok is KWOK (Kubernetes without kubelet) with the stages that its own project
// publishes for pods that run at once: thousands of pods of which nothing but the API
// objects exists, for the benchmark. Its parts come from its module alone, the stages too.
//
//	kwok KUBECONFIG NODE_LABEL
//
// It plays the kubelet of all nodes that have the label (KEY=VALUE).
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/pflag"
	nodefast "sigs.k8s.io/kwok/kustomize/stage/node/fast"
	podfast "sigs.k8s.io/kwok/kustomize/stage/pod/fast"
	"sigs.k8s.io/kwok/pkg/config"
	"sigs.k8s.io/kwok/pkg/kwok/cmd"

	"rollwatch.dev/lifetime"
)

// podNetwork has room for the pods of a whole benchmark, the replaced ones too; the
// default's 256 addresses would be left soon.
const podNetwork = "10.64.0.0/12"

// parallel lets as many pods change at a time as the API server of two cores can take;
// with the default's four, new pods of a large rollout wait for minutes.
const parallel = 16

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: kwok KUBECONFIG NODE_LABEL")
	}
	lifetime.DieWithParent()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	ctx, err := withStages(ctx)
	if err != nil {
		return err
	}
	config.GetKwokConfiguration(ctx).Options.PodPlayStageParallelism = parallel
	command := cmd.NewCommand(ctx)
	command.SetArgs([]string{"--kubeconfig", args[0], "--manage-nodes-with-label-selector", args[1], "--cidr", podNetwork})
	return command.ExecuteContext(ctx)
}

// withStages puts the stages where KWOK looks for them. It takes them from files only, and
// the paths of these from the process's own arguments.
func withStages(ctx context.Context) (context.Context, error) {
	file, err := os.CreateTemp("", "kwok-stages-*.yaml")
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	stages := []string{nodefast.DefaultNodeInit, podfast.DefaultPodReady, podfast.DefaultPodDelete}
	if _, err := file.WriteString(strings.Join(stages, "\n---\n")); err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	os.Args = []string{os.Args[0], "--config", file.Name()}
	return config.InitFlags(ctx, pflag.NewFlagSet("kwok", pflag.ContinueOnError))
}
