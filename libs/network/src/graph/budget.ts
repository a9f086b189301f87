/** How much a graph may hold: far past any network that is built by hand, and short of what a machine would choke on. */
export interface GraphBudget {
  readonly nodes: number;
  readonly modules: number;
  /** Of modules inside modules: PyTorch itself, which goes down them by recursion, does not reach as far. */
  readonly levels: number;
}

export const GRAPH_BUDGET: GraphBudget = { nodes: 200_000, modules: 100_000, levels: 1000 };

/** A graph that grew past its budget. */
export class GraphBudgetError extends Error {
  override readonly name = 'GraphBudgetError';

  constructor(
    readonly what: keyof GraphBudget,
    readonly limit: number,
  ) {
    super(`the network has more than ${limit.toLocaleString('en-GB')} ${what}`);
  }
}
