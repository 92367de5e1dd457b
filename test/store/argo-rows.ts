/**
 * What is told of each recording, each time it becomes something else: when (ms), the phase or its word, what it waits for, the current step (0-based, as Argo counts) of
 * how many and whether they are gone through, what the step waits for, weights set/actual, which keys can act, and the plugin's line.
 */
export const argoRows: Readonly<Record<string, string>> = {
	'argo-canary': `
547 | progressing | observation | 0/4 | - | 20/0 | p | Progressing - more replicas need to be updated
693 | progressing | step 1 | 0/4 active | pods | 20/0 | nNap | Progressing - more replicas need to be updated
736 | progressing | "more replicas need to be updated" | 4/4 | - | 100/100 | p | Progressing - more replicas need to be updated
938 | progressing | "updated replicas are still becoming available" | 4/4 | - | 100/100 | p | Progressing - updated replicas are still becoming available
3175 | complete | - | 4/4 | - | 100/100 | p | Healthy
5386 | progressing | observation | 4/4 | - | 100/100 | p | Progressing - waiting for rollout spec update to be observed
5421 | progressing | observation | 4/4 | - | 100/100 | pu | Progressing - waiting for rollout spec update to be observed
5438 | progressing | step 1 | 0/4 active | pods | 20/0 | nNapu | Progressing - more replicas need to be updated
7108 | progressing | step 2 | 1/4 active | pods | 20/20 | nNapu | Progressing - more replicas need to be updated
7210 | WAITS FOR YOU | step 2 | 1/4 active | person | 20/20 | nNapu | Paused - CanaryPauseStep
10323 | progressing | "told to go on, which the controller has yet to do" | 1/4 active | pods | 20/20 | Napu | Progressing - waiting for rollout to unpause
10368 | progressing | step 3 | 2/4 active | pods | 60/20 | nNapu | Progressing - more replicas need to be updated
10655 | progressing | step 3 | 2/4 active | pods | 60/25 | nNapu | Progressing - more replicas need to be updated
12045 | progressing | step 3 | 2/4 active | pods | 60/40 | nNapu | Progressing - more replicas need to be updated
12122 | progressing | step 3 | 2/4 active | pods | 60/50 | nNapu | Progressing - more replicas need to be updated
12219 | progressing | step 4 | 3/4 active | pods | 60/60 | nNapu | Progressing - more replicas need to be updated
12327 | paused | step 4 | 3/4 active | until 22420 | 60/60 | nNapu | Paused - CanaryPauseStep
22142 | progressing | "more replicas need to be updated" | 4/4 active | finishing | 100/100 | Napu | Progressing - more replicas need to be updated
23188 | progressing | "updated replicas are still becoming available" | 4/4 active | finishing | 100/100 | Napu | Progressing - updated replicas are still becoming available
24860 | progressing | "old replicas are pending termination" | 4/4 active | finishing | 100/100 | Napu | Progressing - old replicas are pending termination
25074 | progressing | "old replicas are pending termination" | 4/4 | - | 100/100 | pu | Progressing - old replicas are pending termination
25138 | complete | - | 4/4 | - | 100/100 | pu | Healthy
`,
	'argo-abort-undo': `
533 | progressing | observation | 0/4 | - | 20/0 | p | Progressing - more replicas need to be updated
596 | progressing | step 1 | 0/4 active | pods | 20/0 | nNap | Progressing - more replicas need to be updated
630 | progressing | "more replicas need to be updated" | 4/4 | - | 100/100 | p | Progressing - more replicas need to be updated
713 | progressing | "updated replicas are still becoming available" | 4/4 | - | 100/100 | p | Progressing - updated replicas are still becoming available
3018 | complete | - | 4/4 | - | 100/100 | p | Healthy
4876 | progressing | observation | 4/4 | - | 100/100 | p | Progressing - waiting for rollout spec update to be observed
4913 | progressing | observation | 4/4 | - | 100/100 | pu | Progressing - waiting for rollout spec update to be observed
4966 | progressing | step 1 | 0/4 active | pods | 20/0 | nNapu | Progressing - more replicas need to be updated
7647 | progressing | step 2 | 1/4 active | pods | 20/20 | nNapu | Progressing - more replicas need to be updated
7669 | WAITS FOR YOU | step 2 | 1/4 active | person | 20/20 | nNapu | Paused - CanaryPauseStep
9822 | progressing | "told to abort, which the controller has yet to do" | 1/4 | - | 0/20 | Apu | Paused - CanaryPauseStep
9888 | ABORTED | "aborted is not rolled back: the template is still the new one; u goes back, A retries" | 0/4 | - | 0/20 | Apu | Degraded - RolloutAborted: Rollout aborted update to revision 2
10059 | ABORTED | "aborted is not rolled back: the template is still the new one; u goes back, A retries" | 0/4 | - | 0/0 | Apu | Degraded - RolloutAborted: Rollout aborted update to revision 2
12531 | progressing | observation | 0/4 | - | 0/? | p | Progressing - waiting for rollout spec update to be observed
12573 | progressing | observation | 0/4 | - | 0/? | pu | Progressing - waiting for rollout spec update to be observed
12589 | complete | - | 4/4 | - | 100/100 | pu | Healthy
`,
	'argo-pause-promote': `
546 | progressing | observation | 0/4 | - | 20/0 | p | Progressing - more replicas need to be updated
762 | progressing | step 1 | 0/4 active | pods | 20/0 | nNap | Progressing - more replicas need to be updated
870 | progressing | "more replicas need to be updated" | 4/4 | - | 100/100 | p | Progressing - more replicas need to be updated
1057 | progressing | "updated replicas are still becoming available" | 4/4 | - | 100/100 | p | Progressing - updated replicas are still becoming available
3496 | complete | - | 4/4 | - | 100/100 | p | Healthy
4673 | progressing | observation | 4/4 | - | 100/100 | p | Progressing - waiting for rollout spec update to be observed
4700 | progressing | observation | 4/4 | - | 100/100 | pu | Progressing - waiting for rollout spec update to be observed
4767 | progressing | step 1 | 0/4 active | pods | 20/0 | nNapu | Progressing - more replicas need to be updated
6870 | progressing | step 2 | 1/4 active | pods | 20/20 | nNapu | Progressing - more replicas need to be updated
6967 | WAITS FOR YOU | step 2 | 1/4 active | person | 20/20 | nNapu | Paused - CanaryPauseStep
7103 | progressing | "told to go on, which the controller has yet to do" | 1/4 active | pods | 20/20 | Napu | Progressing - waiting for rollout to unpause
7173 | progressing | step 3 | 2/4 active | pods | 60/20 | nNapu | Progressing - more replicas need to be updated
7473 | progressing | step 3 | 2/4 active | pods | 60/25 | nNapu | Progressing - more replicas need to be updated
8027 | progressing | observation | 2/4 | - | 60/? | ru | Progressing - waiting for rollout spec update to be observed
8060 | paused | step 3 | 2/4 active | - | 60/25 | nNaru | Paused - manually paused
9329 | paused | step 3 | 2/4 active | - | 60/40 | nNaru | Paused - manually paused
9435 | paused | step 3 | 2/4 active | - | 60/50 | nNaru | Paused - manually paused
14233 | paused | step 4 | 3/4 active | - | 60/50 | nNaru | Paused - manually paused
14297 | progressing | observation | 3/4 | - | 60/? | pu | Progressing - waiting for rollout spec update to be observed
14316 | progressing | step 4 | 3/4 active | pods | 60/50 | nNapu | Progressing - more replicas need to be updated
14459 | paused | step 4 | 3/4 active | until 23649 | 60/50 | nNapu | Paused - CanaryPauseStep
14557 | paused | step 4 | 3/4 active | until 23649 | 60/60 | nNapu | Paused - CanaryPauseStep
23858 | progressing | "more replicas need to be updated" | 4/4 active | finishing | 100/100 | Napu | Progressing - more replicas need to be updated
24443 | progressing | "updated replicas are still becoming available" | 4/4 active | finishing | 100/100 | Napu | Progressing - updated replicas are still becoming available
26111 | progressing | "old replicas are pending termination" | 4/4 active | finishing | 100/100 | Napu | Progressing - old replicas are pending termination
26187 | progressing | "updated replicas are still becoming available" | 4/4 active | finishing | 100/100 | Napu | Progressing - updated replicas are still becoming available
26750 | complete | - | 4/4 | - | 100/100 | pu | Healthy
28007 | progressing | observation | 4/4 | - | 100/100 | pu | Progressing - waiting for rollout spec update to be observed
28057 | progressing | "rollout is restarting" | 4/4 | - | 100/100 | pu | Progressing - rollout is restarting
36514 | progressing | "updated replicas are still becoming available" | 4/4 | - | 100/100 | pu | Progressing - updated replicas are still becoming available
36925 | complete | - | 4/4 | - | 100/100 | pu | Healthy
`,
	'argo-bluegreen': `
570 | progressing | observation | 0/3 | - | - | p | Progressing - more replicas need to be updated
728 | progressing | "more replicas need to be updated" | 0/3 | - | - | p | Progressing - more replicas need to be updated
903 | progressing | "updated replicas are still becoming available" | 0/3 | - | - | p | Progressing - updated replicas are still becoming available
3283 | complete | - | 3/3 | - | - | p | Healthy
4371 | progressing | observation | 3/3 | - | - | p | Progressing - waiting for rollout spec update to be observed
4399 | progressing | observation | 3/3 | - | - | pu | Progressing - waiting for rollout spec update to be observed
4495 | progressing | step 1 | 0/3 active | pods | - | Napu | Progressing - more replicas need to be updated
4636 | progressing | step 1 | 0/3 active | pods | - | Napu | Progressing - active service cutover pending
6824 | WAITS FOR YOU | step 2 | 1/3 active | person | - | nNapu | Paused - BlueGreenPause
8890 | progressing | "told to go on, which the controller has yet to do" | 1/3 active | pods | - | Napu | Progressing - waiting for rollout to unpause
8942 | complete | - | 3/3 | - | - | pu | Healthy
22909 | progressing | observation | 3/3 | - | - | pu | Progressing - waiting for rollout spec update to be observed
23024 | progressing | step 1 | 0/3 active | pods | - | Napu | Progressing - more replicas need to be updated
23275 | progressing | step 1 | 0/3 active | pods | - | Napu | Progressing - active service cutover pending
25376 | WAITS FOR YOU | step 2 | 1/3 active | person | - | nNapu | Paused - BlueGreenPause
26449 | progressing | "told to abort, which the controller has yet to do" | 0/3 | - | - | Apu | Paused - BlueGreenPause
26500 | ABORTED | "aborted is not rolled back: the template is still the new one; u goes back, A retries" | 0/3 | - | - | Apu | Degraded - RolloutAborted: Rollout aborted update to revision 3
28731 | progressing | observation | 0/3 | - | - | p | Progressing - waiting for rollout spec update to be observed
28750 | progressing | observation | 0/3 | - | - | pu | Progressing - waiting for rollout spec update to be observed
28769 | complete | - | 3/3 | - | - | pu | Healthy
`,
	'argo-canary-nginx': `
603 | progressing | observation | 0/5 | - | 20/0 | p | Progressing - more replicas need to be updated
666 | progressing | step 1 | 0/5 active | pods | 20/0 | nNap | Progressing - more replicas need to be updated
732 | progressing | "more replicas need to be updated" | 5/5 | - | 100/100 | p | Progressing - more replicas need to be updated
935 | progressing | "updated replicas are still becoming available" | 5/5 | - | 100/100 | p | Progressing - updated replicas are still becoming available
3189 | complete | - | 5/5 | - | 100/100 | p | Healthy
4391 | progressing | observation | 5/5 | - | 100/100 | p | Progressing - waiting for rollout spec update to be observed
4451 | progressing | observation | 5/5 | - | 100/100 | pu | Progressing - waiting for rollout spec update to be observed
4503 | progressing | step 1 | 0/5 active | pods | 20/0 | nNapu | Progressing - more replicas need to be updated
7043 | progressing | step 2 | 1/5 active | pods | 20/20 | nNapu | Progressing - more replicas need to be updated
7094 | WAITS FOR YOU | step 2 | 1/5 active | person | 20/20 | nNapu | Paused - CanaryPauseStep
9407 | progressing | "told to go on, which the controller has yet to do" | 1/5 active | pods | 20/20 | Napu | Progressing - waiting for rollout to unpause
9454 | progressing | step 3 | 2/5 active | pods | 20/20 | nNapu | Progressing - more replicas need to be updated
11722 | progressing | step 4 | 3/5 active | pods | 60/20 | nNapu | Progressing - more replicas need to be updated
11839 | progressing | step 5 | 4/5 active | pods | 60/60 | nNapu | Progressing - more replicas need to be updated
11925 | paused | step 5 | 4/5 active | until 16562 | 60/60 | nNapu | Paused - CanaryPauseStep
16573 | progressing | "more replicas need to be updated" | 5/5 active | finishing | 100/100 | Napu | Progressing - more replicas need to be updated
16879 | progressing | "waiting for all steps to complete" | 5/5 active | finishing | 100/100 | Napu | Progressing - waiting for all steps to complete
19255 | complete | - | 5/5 | - | 100/100 | pu | Healthy
49855 | progressing | observation | 5/5 | - | 100/100 | pu | Progressing - waiting for rollout spec update to be observed
49934 | progressing | step 1 | 0/5 active | pods | 20/0 | nNapu | Progressing - more replicas need to be updated
51754 | progressing | step 2 | 1/5 active | pods | 20/20 | nNapu | Progressing - more replicas need to be updated
51837 | WAITS FOR YOU | step 2 | 1/5 active | person | 20/20 | nNapu | Paused - CanaryPauseStep
52957 | progressing | "told to abort, which the controller has yet to do" | 1/5 | - | 0/20 | Apu | Paused - CanaryPauseStep
53039 | ABORTED | "aborted is not rolled back: the template is still the new one; u goes back, A retries" | 0/5 | - | 0/0 | Apu | Degraded - RolloutAborted: Rollout aborted update to revision 3
58383 | progressing | observation | 0/5 | - | 0/0 | p | Progressing - waiting for rollout spec update to be observed
58474 | progressing | observation | 0/5 | - | 0/0 | pu | Progressing - waiting for rollout spec update to be observed
58485 | complete | - | 5/5 | - | 100/100 | pu | Healthy
`,
	'argo-degraded': `
517 | progressing | observation | 0/4 | - | 20/0 | p | Progressing - more replicas need to be updated
571 | progressing | step 1 | 0/4 active | pods | 20/0 | nNap | Progressing - more replicas need to be updated
605 | progressing | "more replicas need to be updated" | 4/4 | - | 100/100 | p | Progressing - more replicas need to be updated
852 | progressing | "updated replicas are still becoming available" | 4/4 | - | 100/100 | p | Progressing - updated replicas are still becoming available
3223 | complete | - | 4/4 | - | 100/100 | p | Healthy
4254 | progressing | observation | 4/4 | - | 100/100 | p | Progressing - waiting for rollout spec update to be observed
4290 | progressing | observation | 4/4 | - | 100/100 | pu | Progressing - waiting for rollout spec update to be observed
4325 | progressing | step 1 | 0/4 active | pods | 20/0 | nNapu | Progressing - more replicas need to be updated
17021 | DEGRADED | step 1 | 0/4 active | pods | 20/0 | nNapu | Degraded - ProgressDeadlineExceeded: ReplicaSet "canary-demo-78bb7989f6" has timed out progressing.
20296 | progressing | observation | 0/4 | - | 20/? | pu | Progressing - waiting for rollout spec update to be observed
20351 | progressing | step 1 | 0/4 active | pods | 20/0 | nNapu | Progressing - more replicas need to be updated
22104 | progressing | step 2 | 1/4 active | pods | 20/20 | nNapu | Progressing - more replicas need to be updated
22212 | WAITS FOR YOU | step 2 | 1/4 active | person | 20/20 | nNapu | Paused - CanaryPauseStep
23391 | progressing | "told to promote, which the controller has yet to do" | 1/4 active | person | 20/20 | napu | Paused - CanaryPauseStep
23440 | progressing | "more replicas need to be updated" | 4/4 active | finishing | 100/100 | apu | Progressing - more replicas need to be updated
25057 | progressing | "updated replicas are still becoming available" | 4/4 active | finishing | 100/100 | apu | Progressing - updated replicas are still becoming available
25461 | progressing | "old replicas are pending termination" | 4/4 active | finishing | 100/100 | apu | Progressing - old replicas are pending termination
25547 | progressing | "updated replicas are still becoming available" | 4/4 active | finishing | 100/100 | apu | Progressing - updated replicas are still becoming available
26125 | progressing | "old replicas are pending termination" | 4/4 active | finishing | 100/100 | apu | Progressing - old replicas are pending termination
26218 | progressing | "updated replicas are still becoming available" | 4/4 active | finishing | 100/100 | apu | Progressing - updated replicas are still becoming available
27314 | complete | - | 4/4 | - | 100/100 | pu | Healthy
`,
	'argo-workloadref': `
1542 | progressing | observation | 0/4 | - | 20/0 | p | Progressing - more replicas need to be updated
1696 | progressing | step 1 | 0/4 active | pods | 20/0 | nNap | Progressing - more replicas need to be updated
1730 | progressing | "more replicas need to be updated" | 4/4 | - | 100/100 | p | Progressing - more replicas need to be updated
1817 | progressing | "updated replicas are still becoming available" | 4/4 | - | 100/100 | p | Progressing - updated replicas are still becoming available
4069 | complete | - | 4/4 | - | 100/100 | p | Healthy
5293 | progressing | observation | 4/4 | - | 100/100 | p | Healthy
5326 | progressing | observation | 4/4 | - | 100/100 | pu | Healthy
5353 | progressing | step 1 | 0/4 active | pods | 20/0 | nNapu | Progressing - more replicas need to be updated
7194 | progressing | step 2 | 1/4 active | pods | 20/20 | nNapu | Progressing - more replicas need to be updated
7285 | WAITS FOR YOU | step 2 | 1/4 active | person | 20/20 | nNapu | Paused - CanaryPauseStep
8424 | progressing | "told to go on, which the controller has yet to do" | 1/4 active | pods | 20/20 | Napu | Progressing - waiting for rollout to unpause
8490 | progressing | step 3 | 2/4 active | pods | 60/20 | nNapu | Progressing - more replicas need to be updated
8932 | progressing | step 3 | 2/4 active | pods | 60/25 | nNapu | Progressing - more replicas need to be updated
10835 | progressing | step 3 | 2/4 active | pods | 60/40 | nNapu | Progressing - more replicas need to be updated
10923 | progressing | step 3 | 2/4 active | pods | 60/50 | nNapu | Progressing - more replicas need to be updated
11125 | progressing | step 4 | 3/4 active | pods | 60/60 | nNapu | Progressing - more replicas need to be updated
11231 | paused | step 4 | 3/4 active | until 20706 | 60/60 | nNapu | Paused - CanaryPauseStep
20618 | progressing | "more replicas need to be updated" | 4/4 active | finishing | 100/100 | Napu | Progressing - more replicas need to be updated
20921 | progressing | "updated replicas are still becoming available" | 4/4 active | finishing | 100/100 | Napu | Progressing - updated replicas are still becoming available
22824 | progressing | "old replicas are pending termination" | 4/4 active | finishing | 100/100 | Napu | Progressing - old replicas are pending termination
22908 | progressing | "old replicas are pending termination" | 4/4 | - | 100/100 | pu | Progressing - old replicas are pending termination
23003 | complete | - | 4/4 | - | 100/100 | pu | Healthy
24180 | progressing | observation | 4/4 | - | 100/100 | p | Healthy
24211 | progressing | observation | 4/4 | - | 100/100 | pu | Healthy
24230 | progressing | step 1 | 0/4 active | pods | 20/0 | nNapu | Progressing - more replicas need to be updated
26433 | progressing | step 2 | 1/4 active | pods | 20/20 | nNapu | Progressing - more replicas need to be updated
26533 | WAITS FOR YOU | step 2 | 1/4 active | person | 20/20 | nNapu | Paused - CanaryPauseStep
27679 | progressing | "told to promote, which the controller has yet to do" | 1/4 active | person | 20/20 | napu | Paused - CanaryPauseStep
27716 | progressing | "more replicas need to be updated" | 4/4 active | finishing | 100/100 | apu | Progressing - more replicas need to be updated
29992 | progressing | "updated replicas are still becoming available" | 4/4 active | finishing | 100/100 | apu | Progressing - updated replicas are still becoming available
30033 | progressing | "old replicas are pending termination" | 4/4 active | finishing | 100/100 | apu | Progressing - old replicas are pending termination
30116 | progressing | "updated replicas are still becoming available" | 4/4 active | finishing | 100/100 | apu | Progressing - updated replicas are still becoming available
31169 | complete | - | 4/4 | - | 100/100 | pu | Healthy
`,
};
