import {
  callsBelow,
  countCosts,
  countParameters,
  type Module,
  type Network,
  type Tensor,
} from '@tensormark/network';

/** One module of a network as `tensormark count` shows it. */
export interface CountRow {
  readonly name: string;
  readonly type: string;
  readonly depth: number;
  /** Of the last call below it; undefined where the forward pass did not come here. */
  readonly output: readonly (readonly number[])[] | undefined;
  readonly parameters: bigint;
  readonly multiplyAccumulates: bigint;
  readonly line: number | undefined;
  /** A layer, or a module that owns parameters itself: counting these counts everything once. */
  readonly isLayer: boolean;
}

/** The modules in the order they are registered, the root left out. */
export function countRows(network: Network): CountRow[] {
  const rows: CountRow[] = [];
  const visit = (path: string, depth: number): void => {
    const module = network.modules.get(path);
    if (module === undefined) return;
    if (path !== '') rows.push(rowOf(network, module, depth));
    for (const child of module.children) visit(child, depth + 1);
  };
  visit('', 0);
  return rows;
}

function rowOf(network: Network, module: Module, depth: number): CountRow {
  const last = callsBelow(network, module.path).at(-1);
  return {
    name: module.path,
    type: module.type,
    depth,
    output: last?.outputs.map(({ shape }: Tensor) => shape),
    parameters: countParameters(network, undefined, module.path).parameters,
    multiplyAccumulates: countCosts(network, undefined, module.path),
    line: module.place?.line,
    isLayer: module.layer !== undefined || module.parameters.size > 0,
  };
}

/** `[N, 64, 32, 32]`: a shape with its batch left open. */
export function formatBatched(shape: readonly number[]): string {
  return shape.length === 0 ? '[]' : `[${['N', ...shape.slice(1)].join(', ')}]`;
}
