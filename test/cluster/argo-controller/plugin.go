package main

import (
	"os"

	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/abort"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/get"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/pause"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/promote"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/restart"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/retry"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/set"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/status"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/terminate"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/undo"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/options"
	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericclioptions"
)

// runPlugin wires the commands as upstream's pkg/kubectl-argo-rollouts/cmd does, without
// its dashboard, which is a web page that a release builds first.
func runPlugin(args []string) error {
	o := options.NewArgoRolloutsOptions(genericclioptions.IOStreams{In: os.Stdin, Out: os.Stdout, ErrOut: os.Stderr})
	root := &cobra.Command{Use: pluginName, SilenceUsage: true, SilenceErrors: true, PersistentPreRunE: o.PersistentPreRunE}
	o.AddKubectlFlags(root)
	root.AddCommand(
		abort.NewCmdAbort(o), get.NewCmdGet(o), pause.NewCmdPause(o), promote.NewCmdPromote(o), restart.NewCmdRestart(o),
		retry.NewCmdRetry(o), set.NewCmdSet(o), status.NewCmdStatus(o), terminate.NewCmdTerminate(o), undo.NewCmdUndo(o),
	)
	root.SetArgs(args)
	return root.Execute()
}
