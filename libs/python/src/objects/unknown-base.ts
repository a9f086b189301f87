/** The name under which a class whose bases are partly unknown keeps that unknown. */
export const UNKNOWN_BASE = '\0unknown base';
