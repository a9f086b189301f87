/** A port of this machine's that nobody listens on. */
export function freePort(): Promise<number>;
