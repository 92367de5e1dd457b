import {jsonPatch, mergePatch, strategicPatch, type TableRequest} from './request.ts';

const apps = '/apis/apps/v1/namespaces/NS';
const sets = `${apps}/statefulsets`;
const daemons = `${apps}/daemonsets`;
const revisions = `${apps}/controllerrevisions`;

const podSpec = {schedulerName: 'nobody', nodeSelector: {no: 'where'}, containers: [{name: 'app', image: 'app:1'}]};
const workload = (kind: string, name: string, spec: object) => ({
	apiVersion: 'apps/v1',
	kind,
	metadata: {name},
	spec: {selector: {matchLabels: {app: 'a'}}, template: {metadata: {labels: {app: 'a'}}, spec: podSpec}, ...spec},
});
const set = (name: string, spec: object = {}) => workload('StatefulSet', name, {serviceName: 's', replicas: 0, ...spec});
const daemon = (name: string, spec: object = {}) => workload('DaemonSet', name, spec);
const revision = (name: string, content: object) => ({apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: {name}, ...content});
/** What the real one's controllers write as soon as they see the object. */
const ignore = ['.status', '.metadata.resourceVersion'];
const dry = '?dryRun=All';

const claim = {metadata: {name: 'data'}, spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}};
const mounting = {containers: [{name: 'app', image: 'app:1', volumeMounts: [{name: 'data', mountPath: '/data'}]}]};
const image = {spec: {template: {spec: {containers: [{name: 'app', image: 'app:2'}]}}}};

const creations: readonly TableRequest[] = [
	{why: 'a set', method: 'POST', path: sets, body: set('s')},
	{
		why: 'a set of all',
		method: 'POST',
		path: sets + dry,
		body: set('t', {replicas: 3, podManagementPolicy: 'Parallel', ordinals: {start: 4}, minReadySeconds: 2}),
	},
	{why: 'a partition', method: 'POST', path: sets + dry, body: set('t', {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 3}}})},
	{why: 'a strategy without a partition', method: 'POST', path: sets + dry, body: set('t', {updateStrategy: {type: 'RollingUpdate'}})},
	{why: 'a partition without a type', method: 'POST', path: sets + dry, body: set('t', {updateStrategy: {rollingUpdate: {partition: 2}}})},
	{why: 'how many at once, which is off', method: 'POST', path: sets + dry, body: set('t', {updateStrategy: {rollingUpdate: {maxUnavailable: 2}}})},
	{why: 'OnDelete', method: 'POST', path: sets + dry, body: set('t', {updateStrategy: {type: 'OnDelete'}})},
	{
		why: 'volumes of its own',
		method: 'POST',
		path: sets + dry,
		body: set('t', {volumeClaimTemplates: [claim], template: {metadata: {labels: {app: 'a'}}, spec: mounting}}),
		ignore: ['.spec.volumeClaimTemplates'],
	},
	{why: 'all history', method: 'POST', path: sets + dry, body: set('t', {revisionHistoryLimit: -1})},
	{why: 'a negative partition', method: 'POST', path: sets, body: set('t', {updateStrategy: {rollingUpdate: {partition: -1}}})},
	{why: 'a negative start', method: 'POST', path: sets, body: set('t', {ordinals: {start: -1}})},
	{why: 'another policy', method: 'POST', path: sets, body: set('t', {podManagementPolicy: 'Sideways'})},
	{why: 'no selector', method: 'POST', path: sets, body: set('t', {selector: undefined})},
	{why: 'a daemon', method: 'POST', path: daemons, body: daemon('d')},
	{
		why: 'a daemon that surges',
		method: 'POST',
		path: daemons + dry,
		body: daemon('e', {updateStrategy: {rollingUpdate: {maxSurge: '10%', maxUnavailable: 0}}}),
	},
	{why: 'a daemon that does both', method: 'POST', path: daemons, body: daemon('e', {updateStrategy: {rollingUpdate: {maxSurge: 1}}})},
	{why: 'a daemon that does neither', method: 'POST', path: daemons, body: daemon('e', {updateStrategy: {rollingUpdate: {maxUnavailable: '0%'}}})},
	{why: 'a daemon beyond all', method: 'POST', path: daemons, body: daemon('e', {updateStrategy: {rollingUpdate: {maxUnavailable: '101%'}}})},
	{why: 'a daemon with replicas', method: 'POST', path: `${daemons}?fieldValidation=Strict`, body: daemon('e', {replicas: 2})},
];

const changes: readonly TableRequest[] = [
	{why: 'an image', method: 'PATCH', path: `${sets}/s`, body: image, contentType: strategicPatch, ignore},
	{why: 'a label', method: 'PATCH', path: `${sets}/s`, body: {metadata: {labels: {a: 'b'}}}, contentType: mergePatch, ignore},
	{why: 'a canary', method: 'PATCH', path: `${sets}/s`, body: {spec: {updateStrategy: {rollingUpdate: {partition: 3}}}}, contentType: strategicPatch, ignore},
	{
		why: 'the whole template, as an undo sends it',
		method: 'PATCH',
		path: `${sets}/s`,
		body: {spec: {template: {$patch: 'replace', metadata: {labels: {app: 'a', b: 'c'}}, spec: podSpec}}},
		contentType: strategicPatch,
		ignore,
	},
	{why: 'another service', method: 'PATCH', path: `${sets}/s`, body: {spec: {serviceName: 'other'}}, contentType: mergePatch},
	{why: 'another policy', method: 'PATCH', path: `${sets}/s`, body: {spec: {podManagementPolicy: 'Parallel'}}, contentType: mergePatch},
	{why: 'its scale', method: 'GET', path: `${sets}/s/scale`, ignore},
	{why: 'another scale', method: 'PATCH', path: `${sets}/s/scale${dry}`, body: {spec: {replicas: 3}}, contentType: mergePatch, ignore},
	{why: 'a scale below nothing', method: 'PATCH', path: `${sets}/s/scale`, body: {spec: {replicas: -1}}, contentType: mergePatch},
	{why: 'a status by the side', method: 'PATCH', path: `${sets}/s`, body: {status: {readyReplicas: 7}}, contentType: mergePatch, ignore},
	{why: 'that set', method: 'GET', path: `${sets}/s`, ignore},
	{why: 'no scale of daemons', method: 'GET', path: `${daemons}/d/scale`},
	{why: 'an image', method: 'PATCH', path: `${daemons}/d`, body: image, contentType: strategicPatch, ignore},
	{
		why: 'another selector',
		method: 'PATCH',
		path: `${daemons}/d`,
		body: [{op: 'replace', path: '/spec/selector/matchLabels/app', value: 'x'}],
		contentType: jsonPatch,
	},
	{why: 'a wait that changes no template', method: 'PATCH', path: `${daemons}/d`, body: {spec: {minReadySeconds: 3}}, contentType: mergePatch, ignore},
	{why: 'that daemon', method: 'GET', path: `${daemons}/d`, ignore},
	{why: 'a revision', method: 'POST', path: revisions, body: revision('r', {revision: 1, data: {b: 1, a: {$patch: 'replace'}}})},
	{why: 'a revision of nothing', method: 'POST', path: revisions, body: revision('q', {revision: 1})},
	{why: 'another number', method: 'PATCH', path: `${revisions}/r`, body: {revision: 5}, contentType: mergePatch},
	{why: 'other data', method: 'PATCH', path: `${revisions}/r`, body: {data: {b: 2}}, contentType: mergePatch, wordsDiffer: 'bytes in it'},
	{why: 'the revision', method: 'GET', path: `${revisions}/r`},
	{why: 'the set gone', method: 'DELETE', path: `${sets}/s`},
	{why: 'the daemon gone', method: 'DELETE', path: `${daemons}/d`},
	{why: 'the revision gone', method: 'DELETE', path: `${revisions}/r`},
];

/** StatefulSets, DaemonSets and their history. */
export const setRequests: readonly TableRequest[] = [...creations, ...changes];
