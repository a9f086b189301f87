/** What is said of a piece of code, and whether it is so; `open` where the code does not settle it. */
export type Saying<Code extends string> = readonly [
  code: Code,
  truth: 'true' | 'false' | 'open',
  text: string,
];
