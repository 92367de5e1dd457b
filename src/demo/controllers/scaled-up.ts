import type {IntOrPercent} from '../../domain/workload.ts';

/** A number of pods, or a percentage of some, rounded up. */
export function scaledUp(value: IntOrPercent, whole: number): number {
	return typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * whole) / 100);
}
