import {containerSituations} from './containers.ts';
import {imageSituations} from './images.ts';
import {probeSituations} from './probes.ts';
import {rolloutSituations} from './rollouts.ts';
import {schedulingSituations} from './scheduling.ts';
import type {Situation} from './situation.ts';

/** All of them. */
export const situations: readonly Situation[] = [...imageSituations, ...containerSituations, ...probeSituations, ...schedulingSituations, ...rolloutSituations];
