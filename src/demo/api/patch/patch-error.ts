/** A patch that cannot be applied. */
export class PatchError extends Error {}
