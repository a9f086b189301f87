/** What checks look at, in their order; `running` is what only running a network shows. */
export const GROUPS = [
  'shapes',
  'losses',
  'training',
  'parameters',
  'data',
  'keras',
  'devices',
  'python',
  'running',
] as const;

export type Group = (typeof GROUPS)[number];
