import type {KruiseRollout} from '../../release.ts';

/** A merge patch of an OpenKruise Rollout. */
export type KruisePatch = {readonly subresource: 'status' | undefined; readonly body: {readonly [part: string]: object}};

export type KruisePatchCommand = {readonly kind: 'pause' | 'resume' | 'continue'} | {readonly kind: 'to-step'; readonly step: number};

/** What kubectl-kruise sends. KT/pkg/internal/polymorphichelpers/objectapprover.go, objectpauser.go, objectresumer.go; the jump: KR/api/v1beta1/rollout_types.go:419-428. */
export function kruisePatch(command: KruisePatchCommand, {style}: Pick<KruiseRollout, 'style'>): KruisePatch {
	const part = style === 'blueGreen' ? 'blueGreenStatus' : 'canaryStatus';
	switch (command.kind) {
		case 'pause':
			return {subresource: undefined, body: {spec: {strategy: {paused: true}}}};
		case 'resume':
			return {subresource: undefined, body: {spec: {strategy: {paused: null}}}};
		case 'continue':
			return {subresource: 'status', body: {status: {[part]: {currentStepState: 'StepReady'}}}};
		case 'to-step':
			return {subresource: 'status', body: {status: {[part]: {nextStepIndex: command.step}}}};
	}
}
