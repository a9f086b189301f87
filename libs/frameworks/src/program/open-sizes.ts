/** A size that may not be known. */
export type OpenSize = number | undefined;

/** A shape of which some sizes may not be known. */
export type OpenShape = readonly OpenSize[];
