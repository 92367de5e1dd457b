// Command control-plane is etcd, the Kubernetes control plane and kubectl in one
// program, so that the tests run against the real thing with Go as their only need.
//
//	control-plane etcd DIR CLIENT_URL PEER_URL
//	control-plane kube-apiserver|kube-controller-manager|kube-scheduler|kubectl ARGS…
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	"rollwatch.dev/lifetime"
)

// servers are the parts that run until they are stopped.
var servers = map[string]func() *cobra.Command{
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllermanager.NewControllerManagerCommand,
	"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	"etcd":                    newEtcdCommand,
}

func main() {
	if name := takeName(); name == "kubectl" {
		runKubectl()
	} else if newCommand, ok := servers[name]; ok {
		lifetime.DieWithParent()
		os.Exit(cli.Run(newCommand()))
	} else {
		fmt.Fprintf(os.Stderr, "control-plane: unknown part %q\n", name)
		os.Exit(2)
	}
}

// takeName says which part is meant. A link named kubectl makes the program kubectl,
// which matters for people: usage texts and plugins go by the program's name.
func takeName() string {
	if name := filepath.Base(os.Args[0]); name == "kubectl" || servers[name] != nil {
		return name
	}
	if len(os.Args) < 2 {
		return ""
	}
	os.Args = os.Args[1:]
	return os.Args[0]
}
