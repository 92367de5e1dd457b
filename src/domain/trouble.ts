/** Why a pod of the new revision does not get available. `sinceAt` is epoch ms; `weight`: the higher, the less hope that waiting helps. */
export type Trouble = {readonly reason: string; readonly message: string; readonly sinceAt: number | undefined; readonly weight: number};
