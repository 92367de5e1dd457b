/** What stands for a ControllerRevision's uid: pods of StatefulSets and DaemonSets know its name, not its uid. `name` is that of the ControllerRevision. */
export function revisionKey(workloadUid: string, name: string): string {
	return `${workloadUid}/${name}`;
}
