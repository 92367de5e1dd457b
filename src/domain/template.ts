import type {JsonObject} from './json.ts';

/** A pod template: what a revision is. */
export type Template = {
	/** As the API stores it, `pod-template-hash` label included where there is one. */
	readonly raw: JsonObject;
	/** Images of the containers, in their order. */
	readonly images: readonly string[];
	/** Labels that pods made from it get. */
	readonly labels: Readonly<Record<string, string>>;
};
