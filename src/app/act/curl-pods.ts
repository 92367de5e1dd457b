import type {ClusterConnection} from '../../cluster/connect.ts';
import type {CurlPod, OpenCurlPodOptions} from '../../cluster/curl-pod/open-curl-pod.ts';
import {messageOf} from '../../cluster/errors.ts';
import type {CommandResult} from '../../domain/command.ts';
import type {Auditing} from './auditing.ts';
import {curlPodDeed} from './deed.ts';

type CurlPods = {
	/** Throws ClusterError. */
	readonly dryRun: (spec: OpenCurlPodOptions['spec']) => Promise<void>;
	/** Throws ClusterError. */
	readonly open: (options: Omit<OpenCurlPodOptions, 'connection'>) => Promise<CurlPod>;
};

// Dear to load, and hardly anybody needs it.
const load = () => import('../../cluster/curl-pod/open-curl-pod.ts');

/** The pod inside the cluster that asks, and what is written down of it: that it is created, and that it is deleted. */
export function createCurlPods(connection: ClusterConnection, record: Auditing): CurlPods {
	const remove = (spec: OpenCurlPodOptions['spec'], run: () => Promise<void>) =>
		recorded(record(curlPodDeed('delete-curl-pod', spec)), `pod "${spec.name}" deleted`, run);
	return {
		async dryRun(spec) {
			await (await load()).createCurlPod(connection, spec, true);
		},
		async open(options) {
			const {openCurlPod} = await load();
			const {spec} = options;
			const aroundLeftOver = (name: string, run: () => Promise<void>) => remove({...spec, name}, run);
			const pod = await recorded(record(curlPodDeed('curl-pod', spec)), `pod "${spec.name}" created`, () =>
				openCurlPod({...options, connection, aroundLeftOver}),
			);
			let closing: Promise<void> | undefined;
			const close = () => {
				closing ??= remove(spec, pod.close);
				return closing;
			};
			return {...pod, close};
		},
	};
}

async function recorded<Result>(ended: (result: CommandResult) => void, done: string, run: () => Promise<Result>): Promise<Result> {
	try {
		const result = await run();
		ended({kind: 'accepted', message: done, warnings: []});
		return result;
	} catch (error) {
		ended({kind: 'refused', message: messageOf(error), hint: undefined});
		throw error;
	}
}
