// Prints src/demo/api/schema/protobuf-fields.json: the numbers that the fields of the kinds have in protobuf, in which clients written in Go send
// what they create. Read from Kubernetes' Go types. For a new version:
//
//	cd test/cluster/control-plane && go run ../../../scripts/protobuf-fields/main.go > ../../../src/demo/api/schema/protobuf-fields.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	apps "k8s.io/api/apps/v1"
	authentication "k8s.io/api/authentication/v1"
	authorization "k8s.io/api/authorization/v1"
	autoscaling "k8s.io/api/autoscaling/v1"
	autoscaling2 "k8s.io/api/autoscaling/v2"
	coordination "k8s.io/api/coordination/v1"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	events "k8s.io/api/events/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var roots = map[string]any{
	"v1/Binding": core.Binding{}, "v1/ConfigMap": core.ConfigMap{}, "v1/Endpoints": core.Endpoints{}, "v1/Event": core.Event{},
	"v1/Namespace": core.Namespace{}, "v1/Node": core.Node{}, "v1/Pod": core.Pod{}, "v1/ResourceQuota": core.ResourceQuota{},
	"v1/Secret": core.Secret{}, "v1/Service": core.Service{}, "v1/ServiceAccount": core.ServiceAccount{},
	"apps/v1/ControllerRevision": apps.ControllerRevision{}, "apps/v1/DaemonSet": apps.DaemonSet{}, "apps/v1/Deployment": apps.Deployment{},
	"apps/v1/ReplicaSet": apps.ReplicaSet{}, "apps/v1/StatefulSet": apps.StatefulSet{},
	"authentication.k8s.io/v1/SelfSubjectReview":       authentication.SelfSubjectReview{},
	"authorization.k8s.io/v1/SelfSubjectAccessReview": authorization.SelfSubjectAccessReview{},
	"authorization.k8s.io/v1/SelfSubjectRulesReview":  authorization.SelfSubjectRulesReview{},
	"autoscaling/v1/Scale":                            autoscaling.Scale{}, "coordination.k8s.io/v1/Lease": coordination.Lease{},
	"discovery.k8s.io/v1/EndpointSlice": discovery.EndpointSlice{}, "events.k8s.io/v1/Event": events.Event{},
	"networking.k8s.io/v1/Ingress": networking.Ingress{}, "policy/v1/Eviction": policy.Eviction{},
	"policy/v1/PodDisruptionBudget": policy.PodDisruptionBudget{}, "autoscaling/v2/HorizontalPodAutoscaler": autoscaling2.HorizontalPodAutoscaler{},
	"v1/DeleteOptions": meta.DeleteOptions{},
}

// Messages that are no objects in JSON.
var special = map[string]string{
	"Time": "time", "MicroTime": "microtime", "Quantity": "quantity", "IntOrString": "int-or-string", "RawExtension": "raw", "FieldsV1": "raw",
	"ExtraValue": "skipped", "Duration": "skipped",
}

var messages = map[string]map[string]string{}
var names = map[reflect.Type]string{}
var taken = map[string]bool{}

func nameOf(t reflect.Type) string {
	if name, known := names[t]; known {
		return name
	}
	name := t.Name()
	if taken[name] {
		parts := strings.Split(t.PkgPath(), "/")
		name = parts[len(parts)-2] + "." + name
	}
	taken[name] = true
	names[t] = name
	return name
}

func typeOf(t reflect.Type) string {
	if text, isSpecial := special[t.Name()]; isSpecial {
		return text
	}
	switch t.Kind() {
	case reflect.Pointer:
		return typeOf(t.Elem())
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		return "[]" + typeOf(t.Elem())
	case reflect.Map:
		return "{}" + typeOf(t.Elem())
	case reflect.Struct:
		name := nameOf(t)
		if messages[name] == nil {
			messages[name] = map[string]string{}
			addFields(messages[name], t)
		}
		return name
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "bool"
	case reflect.Float64:
		return "double"
	}
	return "int"
}

// `name:Type`; without a name, the message's members belong to the object itself; `?` where an empty value is none.
func addFields(fields map[string]string, t reflect.Type) {
	for index := range t.NumField() {
		field := t.Field(index)
		tag := strings.Split(field.Tag.Get("json"), ",")
		numbered := strings.Split(field.Tag.Get("protobuf"), ",")
		if len(numbered) < 2 || tag[0] == "-" {
			continue
		}
		text := tag[0] + ":" + typeOf(field.Type)
		if strings.Contains(field.Tag.Get("json"), "omitempty") && field.Type.Kind() != reflect.Pointer {
			text += "?"
		}
		fields[numbered[1]] = text
	}
}

func main() {
	var lines []string
	var kinds []string
	for kind := range roots {
		kinds = append(kinds, kind)
	}
	sort.Strings(kinds)
	rootNames := map[string]string{}
	for _, kind := range kinds {
		rootNames[kind] = typeOf(reflect.TypeOf(roots[kind]))
	}
	for name, fields := range messages {
		text, err := json.Marshal(fields)
		if err != nil {
			panic(err)
		}
		lines = append(lines, fmt.Sprintf("\t\t%q: %s", name, text))
	}
	sort.Strings(lines)
	text, err := json.Marshal(rootNames)
	if err != nil {
		panic(err)
	}
	fmt.Fprintf(os.Stdout, "{\n\t\"kinds\": %s,\n\t\"messages\": {\n%s\n\t}\n}\n", text, strings.Join(lines, ",\n"))
}
