/** A line that goes past other steps, in a lane beside them. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  /** 0 is next to the steps. */
  readonly lane: number;
}

export interface Edges {
  /** Steps that the one right after them takes. */
  readonly straight: readonly number[];
  readonly arcs: readonly Arc[];
  readonly lanes: number;
}

/** How the lines between steps are drawn: short ones inside, and none over another. */
export function edgesOf(steps: readonly { readonly from: readonly number[] }[]): Edges {
  const all = steps.flatMap(({ from }, to) => from.map((source) => ({ from: source, to })));
  const straight = all.flatMap(({ from, to }) => (to - from === 1 ? [from] : []));
  const arcs: Arc[] = [];
  const past = all.filter(({ from, to }) => to - from > 1);
  for (const { from, to } of past.toSorted((one, other) => one.to - one.from - (other.to - other.from))) {
    const taken = new Set(arcs.filter((arc) => arc.from < to && from < arc.to).map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    arcs.push({ from, to, lane });
  }
  return { straight, arcs, lanes: Math.max(0, ...arcs.map(({ lane }) => lane + 1)) };
}
