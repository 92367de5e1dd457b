import {test} from 'vitest';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import {waitText} from '../../src/domain/rollout-phase.ts';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {argoWatched} from './argo-watched.ts';
import {factsAt, openReplay, recorded} from './progressive-replay.ts';

const keys = {continue:'n','promote-full':'N',abort:'a',retry:'A',pause:'p',resume:'r',undo:'u'} as const;
test.each(['argo-canary', 'argo-abort-undo', 'argo-pause-promote','argo-bluegreen','argo-canary-nginx','argo-degraded','argo-workloadref'])('%s', scenario => {
	const replay = openReplay(scenario, argoWatched);
	const out: string[] = [];
	let last = '';
	for (const {t} of recorded(scenario, 'rollouts')) {
		const state = replay.at(t);
		const facts = factsAt(state);
		const rules = rulesOf(facts.workload);
		const {phase} = facts;
		const steps = rules.steps(facts.newReplicaSet);
		const able = Object.entries(keys).filter(([kind]) => rules.refusal({kind, toRevision: undefined} as WorkloadCommand, [...state.replicaSets.values()]) === undefined).map(([, key]) => key).join('');
		const row = [phase.word ?? phase.phase, 'waitingFor' in phase && phase.waitingFor ? waitText(phase.waitingFor) : '', facts.status.message, steps && `${steps.current}/${steps.steps.length}${steps.active ? '*' : ''} ${JSON.stringify(steps.wait)} ${JSON.stringify(steps.weight)}`, able, facts.newReplicaSet?.name.slice(12)].join(' | ');
		if (row !== last) out.push(`${t} ${row}`);
		last = row;
	}
	console.log(out.join('\n'));
});
