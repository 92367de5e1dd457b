import {badImage, crashLoop, quota} from './blocked.ts';
import {canaryDemo} from './canary-demo.ts';
import {kubia} from './kubia.ts';
import {large} from './large.ts';
import {nginx} from './nginx.ts';
import type {Scenario} from './scenario.ts';
import {sets} from './sets.ts';
import {steps} from './steps.ts';
import {stuck} from './stuck.ts';
import {testpage} from './testpage.ts';
import {twoDeployments} from './two-deployments.ts';

/** Every scenario of `rollwatch demo`, in the order of the list; the first is the default. */
export const scenarios: readonly Scenario[] = [kubia, nginx, twoDeployments, canaryDemo, testpage, steps, sets, badImage, crashLoop, quota, stuck, large];
