/** An item with something suggested, and the evidence that holds it. */
export interface Suggested {
  readonly item: string;
  readonly evidence: string;
}

/** The next one after an item that is still undecided; from the top again after the last. */
export function nextUndecided(
  all: readonly Suggested[],
  decided: ReadonlySet<string>,
  after: string | null,
): Suggested | null {
  const from = all.findIndex(({ item }) => item === after) + 1;
  return [...all.slice(from), ...all.slice(0, from)].find(({ item }) => !decided.has(item)) ?? null;
}
