/**
 * Readings other than the usual one. An equation that holds under one of them is true, and its verdict says which.
 */
export const CONVENTIONS = {
  'point-groups-thousands': 'a point groups digits by thousands, so 75.264 is 75264',
  'comma-is-decimal': 'a comma is the decimal point, so 75,264 is 75.264',
  'prefix-is-1000': 'k, M and G are 1000, 1000² and 1000³',
  'prefix-is-1024': 'k, M and G are 1024, 1024² and 1024³',
  'unit-as-written': 'the number counts the unit shown, so 294 KB is 294',
  'b-is-billion': 'B is a billion',
  'b-is-bytes': 'B is bytes',
  'byte-is-8-bits': 'a byte is 8 bits',
  'two-flops-each': 'a multiply-accumulate is two FLOPs',
  'log-is-base-10': 'log is to base 10',
  'log-is-base-2': 'log is to base 2',
  'juxtaposition-binds-tighter': 'in a/b(c) the bracket belongs to the denominator',
  'percent-of-what-precedes': 'in 100 − 37% the percentage is of what stands before it',
  'name-is-unrounded': 'a name stands for the unrounded value it was first given',
  'commas-group-thousands': 'commas in brackets group digits, so (1,234,567) is one number',
  'shape-is-its-product': 'a shape is the number of its elements',
} as const;

export type Convention = keyof typeof CONVENTIONS;

/** Conventions that answer the same question exclude each other. */
export const CONVENTION_QUESTIONS: readonly (readonly Convention[])[] = [
  ['point-groups-thousands'],
  ['comma-is-decimal'],
  ['prefix-is-1000', 'prefix-is-1024', 'unit-as-written'],
  ['b-is-billion', 'b-is-bytes'],
  ['log-is-base-10', 'log-is-base-2'],
  ['juxtaposition-binds-tighter'],
  ['percent-of-what-precedes'],
  ['name-is-unrounded'],
  ['shape-is-its-product', 'commas-group-thousands'],
];
