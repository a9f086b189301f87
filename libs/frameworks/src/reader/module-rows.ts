import { elementCount, isCall, nodeCost } from '@tensormark/network';
import type { Network } from '@tensormark/network';
import type { ModelReading } from './model-reading.js';

/** One module of a network as a table of layers shows it. */
export interface ModuleRow {
  /** Dotted; '' for the network itself. */
  readonly path: string;
  readonly type: string;
  /** 0 for the network itself. */
  readonly depth: number;
  /** Shapes of what its last call gave, batch included; empty where it was never called. */
  readonly outputs: readonly (readonly number[])[];
  readonly calls: number;
  /** Registered on it directly. */
  readonly ownParameters: bigint;
  /** Of it and all below it, each shared parameter once. */
  readonly parameters: bigint;
  readonly trainable: bigint;
  readonly multiplyAccumulates: bigint;
  /** Where the program made it. */
  readonly line: number | undefined;
  readonly file: string | undefined;
}

/** The modules of a reading in the order of `named_modules`, with what each holds and does. */
export function moduleRows({ network, moduleCalls }: ModelReading): ModuleRow[] {
  if (network === undefined) return [];
  const work = workByModule(network);
  const held = parametersByModule(network);
  return [...network.modules.values()].map(({ path, type, place }) => {
    const { own = 0n, total = 0n, trainable = 0n } = held.get(path) ?? {};
    const call = moduleCalls.get(path);
    return {
      path,
      type,
      depth: path === '' ? 0 : path.split('.').length,
      outputs: call?.outputs.map(({ shape }) => shape) ?? [],
      calls: call?.calls ?? 0,
      ownParameters: own,
      parameters: total,
      trainable,
      multiplyAccumulates: work.get(path) ?? 0n,
      line: place?.line,
      file: place?.file,
    };
  });
}

/** A path and those above it, up to the root. */
function lineage(path: string): string[] {
  const paths = [''];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1))
    paths.push(path.slice(0, dot));
  if (path !== '') paths.push(path);
  return paths;
}

function workByModule(network: Network): ReadonlyMap<string, bigint> {
  const work = new Map<string, bigint>();
  for (const node of network.nodes) {
    if (!isCall(node)) continue;
    const cost = nodeCost(node);
    if (cost === 0n) continue;
    for (const path of lineage(node.modulePath)) work.set(path, (work.get(path) ?? 0n) + cost);
  }
  return work;
}

interface Held {
  own: bigint;
  total: bigint;
  trainable: bigint;
}

function parametersByModule(network: Network): ReadonlyMap<string, Held> {
  const held = new Map<string, Held>();
  const at = (path: string): Held => {
    const known = held.get(path) ?? { own: 0n, total: 0n, trainable: 0n };
    held.set(path, known);
    return known;
  };
  for (const { names, shape, trainable } of network.parameters) {
    const count = elementCount(shape);
    const owners = names.map((name) => name.slice(0, Math.max(name.lastIndexOf('.'), 0)));
    for (const owner of new Set(owners)) at(owner).own += count;
    for (const path of new Set(owners.flatMap(lineage))) {
      at(path).total += count;
      if (trainable) at(path).trainable += count;
    }
  }
  return held;
}
