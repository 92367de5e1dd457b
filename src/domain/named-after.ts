/** Pod names are `<ReplicaSet>-<5 characters>` with the first part cut so that all fits into 63: names longer than this may not be whole in them. */
export const wholeNameLength = 40;

const rests: Readonly<Record<string, RegExp>> = {ReplicaSet: /^[^-]+$/, Pod: /^[^-]+-[^-]+$/};

/** Whether an object is the Deployment of this name, or by its name a ReplicaSet or pod of it: `<name>-<hash>`, `<name>-<hash>-<5 characters>`. */
export function isNamedAfter(workloadName: string): (object: {readonly kind: string; readonly name: string}) => boolean {
	const isCut = workloadName.length > wholeNameLength;
	const prefix = isCut ? workloadName.slice(0, wholeNameLength) : `${workloadName}-`;
	return ({kind, name}) => {
		if (kind === 'Deployment') return name === workloadName;
		const rest = rests[kind];
		return rest !== undefined && name.startsWith(prefix) && (isCut || rest.test(name.slice(prefix.length)));
	};
}
