// Prints src/demo/api/schema/field-types.json: which fields the kinds of the embedded API server have, of which type, how their lists are
// merged, and which are left out when empty. Read from Kubernetes' Go types, because OpenAPI does not tell the last. For a new version:
//
//	cd test/cluster/control-plane && go run ../../../scripts/field-types/main.go > ../../../src/demo/api/schema/field-types.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	apps "k8s.io/api/apps/v1"
	authorization "k8s.io/api/authorization/v1"
	autoscaling "k8s.io/api/autoscaling/v1"
	autoscaling2 "k8s.io/api/autoscaling/v2"
	coordination "k8s.io/api/coordination/v1"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	events "k8s.io/api/events/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

var roots = []any{
	core.Binding{}, core.ConfigMap{}, core.Endpoints{}, core.Event{}, core.Namespace{}, core.Node{}, core.Pod{}, core.ResourceQuota{},
	core.Secret{}, core.Service{}, core.ServiceAccount{}, apps.ControllerRevision{}, apps.DaemonSet{}, apps.Deployment{}, apps.ReplicaSet{},
	apps.StatefulSet{}, authorization.SelfSubjectAccessReview{}, autoscaling.Scale{}, coordination.Lease{}, discovery.EndpointSlice{},
	events.Event{}, networking.Ingress{}, policy.Eviction{}, apiextensions.CustomResourceDefinition{},
	policy.PodDisruptionBudget{}, autoscaling2.HorizontalPodAutoscaler{},
}

// Types that print themselves.
var special = map[string]string{
	"Time": "time", "MicroTime": "time", "Quantity": "quantity", "IntOrString": "int-or-string", "RawExtension": "any", "FieldsV1": "any",
	"JSON": "any", "JSONSchemaPropsOrBool": "any", "JSONSchemaPropsOrArray": "any", "JSONSchemaPropsOrStringArray": "any",
}

var types = map[string]map[string]string{}
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
		if types[name] == nil {
			types[name] = map[string]string{}
			addFields(types[name], t)
		}
		return name
	}
	return t.Kind().String()
}

func addFields(fields map[string]string, t reflect.Type) {
	for index := range t.NumField() {
		field := t.Field(index)
		tag := strings.Split(field.Tag.Get("json"), ",")
		if field.Anonymous && tag[0] == "" {
			addFields(fields, field.Type)
			continue
		}
		if tag[0] == "" || tag[0] == "-" {
			continue
		}
		fields[tag[0]] = typeOf(field.Type) + merging(field) + presence(field.Type, tag[1:])
	}
}

// `|key` for lists that are merged by a key (`|` alone: as sets), `!` where a patch may say which keys stay.
func merging(field reflect.StructField) string {
	text := ""
	strategy := field.Tag.Get("patchStrategy")
	if strings.Contains(strategy, "merge") {
		text = "|" + field.Tag.Get("patchMergeKey")
	}
	if strings.Contains(strategy, "retainKeys") {
		text += "!"
	}
	return text
}

// `=` for what is always printed, `~` the same, as null when it was not given, `?` for what is left out when empty; nothing for what is printed as soon as it was given.
func presence(t reflect.Type, options []string) string {
	omitZero, omitEmpty := false, false
	for _, option := range options {
		omitZero = omitZero || option == "omitzero"
		omitEmpty = omitEmpty || option == "omitempty"
	}
	switch {
	case t.Kind() == reflect.Pointer && (omitEmpty || omitZero):
		return ""
	case t.Kind() == reflect.Pointer:
		return "~"
	case omitZero:
		return "?"
	case omitEmpty && t.Kind() != reflect.Struct:
		return "?"
	}
	return "="
}

func main() {
	for _, root := range roots {
		typeOf(reflect.TypeOf(root))
	}
	var lines []string
	for name, fields := range types {
		text, err := json.Marshal(fields)
		if err != nil {
			panic(err)
		}
		lines = append(lines, fmt.Sprintf("\t%q: %s", name, text))
	}
	sort.Strings(lines)
	fmt.Fprintf(os.Stdout, "{\n%s\n}\n", strings.Join(lines, ",\n"))
}
