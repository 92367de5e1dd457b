import {mergePatch, strategicPatch, type TableRequest} from './request.ts';

const budgets = '/apis/policy/v1/namespaces/NS/poddisruptionbudgets';
const autoscalers = '/apis/autoscaling/v2/namespaces/NS/horizontalpodautoscalers';
const selector = {matchLabels: {app: 'nobody'}};
const budget = (name: string, spec: object) => ({apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name}, spec});
const target = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'nobody'};
const autoscaler = (name: string, spec: object) => ({apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name}, spec});
const memory = {type: 'Resource', resource: {name: 'memory', target: {type: 'AverageValue', averageValue: '512Mi'}}};
/** What the real one's controllers write as soon as they see the object. */
const ignore = ['.status', '.metadata.resourceVersion'];

/** Budgets and autoscalers: what says how many pods there may be, and how many may go. */
export const steeringRequests: readonly TableRequest[] = [
	{why: 'a budget', method: 'POST', path: budgets, body: budget('b', {selector, minAvailable: 2})},
	{why: 'a budget in percent', method: 'POST', path: `${budgets}?dryRun=All`, body: budget('c', {selector, maxUnavailable: '30%'})},
	{why: 'both bounds', method: 'POST', path: budgets, body: budget('d', {selector, minAvailable: 2, maxUnavailable: 1}), wordsDiffer: 'the object in it'},
	{why: 'a status on creation', method: 'POST', path: `${budgets}?dryRun=All`, body: {...budget('e', {selector, minAvailable: 1}), status: {expectedPods: 3}}},
	{why: 'an unknown field', method: 'POST', path: `${budgets}?dryRun=All&fieldValidation=Strict`, body: budget('f', {atLeast: 1})},
	{why: 'less', method: 'PATCH', path: `${budgets}/b`, body: {spec: {minAvailable: 1}}, contentType: strategicPatch, ignore},
	{why: 'that budget', method: 'GET', path: `${budgets}/b`, ignore},
	{why: 'no budget', method: 'GET', path: `${budgets}/nope`},
	{why: 'an autoscaler', method: 'POST', path: autoscalers, body: autoscaler('a', {scaleTargetRef: target, maxReplicas: 5})},
	{
		why: 'an autoscaler with metrics',
		method: 'POST',
		path: `${autoscalers}?dryRun=All`,
		body: autoscaler('m', {scaleTargetRef: target, minReplicas: 2, maxReplicas: 5, metrics: [memory]}),
	},
	{why: 'no maximum', method: 'POST', path: autoscalers, body: autoscaler('x', {scaleTargetRef: target})},
	{why: 'a minimum above', method: 'POST', path: autoscalers, body: autoscaler('x', {scaleTargetRef: target, minReplicas: 6, maxReplicas: 5})},
	{why: 'nothing to scale', method: 'POST', path: autoscalers, body: autoscaler('x', {maxReplicas: 5})},
	{why: 'more', method: 'PATCH', path: `${autoscalers}/a`, body: {spec: {maxReplicas: 9}}, contentType: mergePatch, ignore},
	{why: 'that autoscaler', method: 'GET', path: `${autoscalers}/a`, ignore},
	{why: 'budgets gone', method: 'DELETE', path: `${budgets}/b`, ignore},
	{why: 'autoscaler gone', method: 'DELETE', path: `${autoscalers}/a`, ignore},
];
