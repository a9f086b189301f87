import {
  elementCount,
  isCall,
  moduleTotals,
  nodeCost,
  type CallNode,
  type Module,
  type Network,
} from '@tensormark/network';
import type { Counted } from './counted.js';

type Shapes = readonly (readonly number[])[];

/** One module of a network as `tensormark count` shows it. */
export interface ModuleRow {
  readonly kind: 'module';
  readonly name: string;
  readonly type: string;
  readonly depth: number;
  /** What it returned when it was last called; undefined where the forward pass did not call it. */
  readonly output: Shapes | undefined;
  /** With all below it. */
  readonly parameters: bigint;
  readonly multiplyAccumulates: bigint;
  readonly line: number | undefined;
  /** One of PyTorch's layers that is no part of another: these and the loose parameters hold everything. */
  readonly isLayer: boolean;
}

/** A parameter that a module of the program's own holds itself: a class token, say. */
export interface ParameterRow {
  readonly kind: 'parameter';
  readonly name: string;
  readonly depth: number;
  readonly shape: readonly number[];
  readonly parameters: bigint;
  readonly line: number | undefined;
}

/** Work done in a module's forward by no layer: a matrix product, say, with all calls on one line taken together. */
export interface OperationRow {
  readonly kind: 'operation';
  /** Path of the module in whose forward it stands. */
  readonly module: string;
  readonly name: string;
  readonly depth: number;
  readonly calls: number;
  readonly output: Shapes;
  readonly multiplyAccumulates: bigint;
  readonly line: number | undefined;
}

export type CountRow = ModuleRow | ParameterRow | OperationRow;

/** The modules in the order they are registered, the root left out, each followed by what is directly in it. */
export function countRows(network: Network, returned: Counted['returned']): CountRow[] {
  const totals = moduleTotals(network);
  const operations = operationsByModule(network);
  const layers = new Set<string>();
  return [...network.modules.values()].flatMap((module): CountRow[] => {
    const { path, type, place, layer } = module;
    if (layer !== undefined) layers.add(path);
    const inside = [...parametersOf(network, module), ...(operations.get(path)?.values() ?? [])];
    if (path === '' && layer === undefined) return inside;
    const { parameters = 0n, work = 0n } = totals.get(path) ?? {};
    const row: ModuleRow = {
      kind: 'module',
      name: path,
      type,
      depth: depthOf(path),
      output: returned.get(path),
      parameters,
      multiplyAccumulates: work,
      line: place?.line,
      isLayer: layer !== undefined && !isPartOf(layers, path),
    };
    return [row, ...inside];
  });
}

function depthOf(path: string): number {
  return path === '' ? 1 : path.split('.').length;
}

function isPartOf(layers: ReadonlySet<string>, path: string): boolean {
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1))
    if (layers.has(path.slice(0, dot))) return true;
  return false;
}

function parametersOf(network: Network, { path, layer, parameters }: Module): ParameterRow[] {
  if (layer !== undefined) return [];
  return [...parameters].flatMap(([key, id]) => {
    const parameter = network.parameters[id];
    if (parameter === undefined) return [];
    const name = path === '' ? key : `${path}.${key}`;
    const { shape, place } = parameter;
    const count = elementCount(shape);
    return [
      { kind: 'parameter', name, depth: depthOf(name), shape, parameters: count, line: place?.line } as const,
    ];
  });
}

function operationsByModule(network: Network): ReadonlyMap<string, ReadonlyMap<string, OperationRow>> {
  const found = new Map<string, Map<string, OperationRow>>();
  for (const node of network.nodes) {
    if (!isCall(node) || node.layer !== undefined) continue;
    const work = nodeCost(node);
    if (work === 0n) continue;
    const key = `${node.place?.file ?? ''}:${node.place?.line ?? 0}:${node.operation}`;
    const rows = found.get(node.modulePath) ?? new Map<string, OperationRow>();
    found.set(node.modulePath, rows.set(key, withCall(rows.get(key), node, work)));
  }
  return found;
}

function withCall(before: OperationRow | undefined, node: CallNode, work: bigint): OperationRow {
  const { modulePath: module, operation: name, outputs, place } = node;
  return {
    kind: 'operation',
    module,
    name,
    depth: module === '' ? 1 : depthOf(module) + 1,
    calls: (before?.calls ?? 0) + 1,
    output: outputs.map(({ shape }) => shape),
    multiplyAccumulates: (before?.multiplyAccumulates ?? 0n) + work,
    line: place?.line,
  };
}
