package main

import (
	"context"
	"strconv"
	"time"

	"github.com/argoproj/argo-rollouts/controller"
	"github.com/argoproj/argo-rollouts/controller/metrics"
	jobprovider "github.com/argoproj/argo-rollouts/metricproviders/job"
	argoclient "github.com/argoproj/argo-rollouts/pkg/client/clientset/versioned"
	"github.com/argoproj/argo-rollouts/rollout"
	"github.com/argoproj/argo-rollouts/utils/defaults"
	ingressutil "github.com/argoproj/argo-rollouts/utils/ingress"
	istioutil "github.com/argoproj/argo-rollouts/utils/istio"
	"github.com/argoproj/argo-rollouts/utils/record"
	"github.com/argoproj/argo-rollouts/utils/tolerantinformer"
	smiclient "github.com/servicemeshinterface/smi-sdk-go/pkg/gen/client/split/clientset/versioned"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	everyNamespace = metav1.NamespaceAll
	resync         = controller.DefaultRolloutResyncPeriod * time.Second
)

// clients are the connections that the controller wants, each of its own kind.
type clients struct {
	kube      *kubernetes.Clientset
	argo      *argoclient.Clientset
	dynamic   *dynamic.DynamicClient
	discovery *discovery.DiscoveryClient
	smi       *smiclient.Clientset
}

func control(ctx context.Context, kubeconfig, healthPort, metricsPort string) error {
	health, err := strconv.Atoi(healthPort)
	if err != nil {
		return err
	}
	metrics, err := strconv.Atoi(metricsPort)
	if err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = defaults.DefaultQPS, defaults.DefaultBurst
	connected, err := connect(config)
	if err != nil {
		return err
	}
	manager, err := newManager(connected, health, metrics)
	if err != nil {
		return err
	}
	// One controller, so no election; two workers each are enough for a few rollouts at a time.
	election := controller.NewLeaderElectionOptions()
	election.LeaderElect = false
	return manager.Run(ctx, 2, 2, 2, 2, 2, election)
}

func connect(config *rest.Config) (c clients, err error) {
	if c.kube, err = kubernetes.NewForConfig(config); err != nil {
		return c, err
	}
	if c.argo, err = argoclient.NewForConfig(config); err != nil {
		return c, err
	}
	if c.dynamic, err = dynamic.NewForConfig(config); err != nil {
		return c, err
	}
	if c.discovery, err = discovery.NewDiscoveryClientForConfig(config); err != nil {
		return c, err
	}
	c.smi, err = smiclient.NewForConfig(config)
	return c, err
}

// newManager wires the controller as upstream's cmd/rollouts-controller/main.go does.
func newManager(c clients, healthPort, metricsPort int) (*controller.Manager, error) {
	kube := informers.NewSharedInformerFactory(c.kube, resync)
	jobs := informers.NewSharedInformerFactoryWithOptions(c.kube, resync, selecting(func(options *metav1.ListOptions) {
		options.LabelSelector = jobprovider.AnalysisRunUIDLabelKey
	}))
	rollouts := dynamicinformer.NewDynamicSharedInformerFactory(c.dynamic, resync)
	clusterWide := dynamicinformer.NewDynamicSharedInformerFactory(c.dynamic, resync)
	istio := dynamicinformer.NewDynamicSharedInformerFactory(c.dynamic, resync)

	mode, err := ingressutil.DetermineIngressMode("", c.kube)
	if err != nil {
		return nil, err
	}
	ingresses, err := ingressutil.NewIngressWrapper(mode, c.kube, kube)
	if err != nil {
		return nil, err
	}
	return controller.NewManager(
		everyNamespace,
		c.kube, c.argo, c.dynamic, c.smi, c.discovery,
		kube.Apps().V1().ReplicaSets(), kube.Core().V1().Services(), ingresses, jobs.Batch().V1().Jobs(),
		tolerantinformer.NewTolerantRolloutInformer(rollouts),
		tolerantinformer.NewTolerantExperimentInformer(rollouts),
		tolerantinformer.NewTolerantAnalysisRunInformer(rollouts),
		tolerantinformer.NewTolerantAnalysisTemplateInformer(rollouts),
		tolerantinformer.NewTolerantClusterAnalysisTemplateInformer(clusterWide),
		c.dynamic,
		istio.ForResource(istioutil.GetIstioVirtualServiceGVR()).Informer(),
		istio.ForResource(istioutil.GetIstioDestinationRuleGVR()).Informer(),
		notificationInformers(c, record.NotificationConfigMap), notificationInformers(c, record.NotificationSecret),
		resync, "", metricsPort, healthPort, &metrics.K8sRequestsCountProvider{},
		[]string{"nginx"}, []string{"alb"},
		rollouts, clusterWide, istio, false, kube, jobs,
		rollout.DefaultEphemeralMetadataThreads, rollout.DefaultEphemeralMetadataPodRetries,
	), nil
}

func notificationInformers(c clients, name string) informers.SharedInformerFactory {
	return informers.NewSharedInformerFactoryWithOptions(c.kube, resync, informers.WithNamespace(defaults.Namespace()), selecting(func(options *metav1.ListOptions) {
		options.FieldSelector = "metadata.name=" + name
	}))
}

func selecting(change func(*metav1.ListOptions)) informers.SharedInformerOption {
	return informers.WithTweakListOptions(change)
}
