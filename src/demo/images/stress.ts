import {anyTag} from './image.ts';

const units: Readonly<Record<string, number>> = {K: 1_024, M: 1_024 ** 2, G: 1_024 ** 3};

/** `polinux/stress`, the memory example of the Kubernetes documentation: `stress --vm 1 --vm-bytes 250M`. */
export const stress = anyTag('polinux/stress', "takes --vm-bytes of memory; over its container's limit it is OOMKilled", 10_000_000, machine => {
	const {command, memoryLimitBytes = Number.POSITIVE_INFINITY} = machine;
	const [, amount = '256', unit = 'M'] = /^(\d+)([KMG]?)/.exec(command[command.indexOf('--vm-bytes') + 1] ?? '') ?? [];
	machine.log('stress: info: [1] dispatching hogs: 0 cpu, 0 io, 1 vm, 0 hdd');
	if (Number(amount) * (units[unit] ?? 1) > memoryLimitBytes) machine.after(500, () => machine.exit(137, 'OOMKilled'));
});
