import { moduleTotals } from '@tensormark/network';
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
  const totals = moduleTotals(network);
  return [...network.modules.values()].map(({ path, type, place }) => {
    const { own = 0n, parameters = 0n, trainable = 0n, work = 0n } = totals.get(path) ?? {};
    const call = moduleCalls.get(path);
    return {
      path,
      type,
      depth: path === '' ? 0 : path.split('.').length,
      outputs: call?.outputs.map(({ shape }) => shape) ?? [],
      calls: call?.calls ?? 0,
      ownParameters: own,
      parameters,
      trainable,
      multiplyAccumulates: work,
      line: place?.line,
      file: place?.file,
    };
  });
}
