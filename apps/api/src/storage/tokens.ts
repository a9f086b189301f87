/** Names under which Nest injects what is no class of ours. */
export const RECORDS = Symbol('records');
export const OPTIONS = Symbol('options');
export const LIMITS = Symbol('limits');
