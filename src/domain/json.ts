/** A JSON value as it came from outside; templates stay in this form so that an undo sends back exactly what was stored. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = {readonly [key: string]: JsonValue};
