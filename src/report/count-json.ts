import { countParameters, moduleTotals, tensorsOf } from '@tensormark/network';
import { countRows, type CountRow } from './count-rows.js';
import type { Counted, Remark } from './counted.js';

type Shapes = readonly (readonly number[])[];

/**
 * A count as one JSON object, of the same form whatever came of it. Counts are decimal strings, for they may exceed what a
 * JSON number holds; shapes are lists, batch included. What is not known, or has a gap that an unknown leaves, is null rather
 * than a number that is too small.
 */
export function countAsJson(counted: Counted): Record<string, unknown> {
  const { network, followed, returned, gaps } = counted;
  const totals = network && countParameters(network);
  const traced = followed === 'to-its-output';
  const work = network && followed === 'to-its-output' ? moduleTotals(network).get('')?.work : undefined;
  const rows = network === undefined ? [] : countRows(network, returned);
  return {
    name: counted.name ?? null,
    parameters: gaps.parameters ? null : (totals?.parameters.toString() ?? null),
    trainable: gaps.parameters ? null : (totals?.trainable.toString() ?? null),
    buffers: gaps.buffers ? null : (totals?.buffers.toString() ?? null),
    multiplyAccumulates: work?.toString() ?? null,
    inputs: counted.inputs,
    output: network && traced ? shapeOf(tensorsOf(network.output).map(({ shape }) => shape)) : null,
    followed,
    layers: rows.flatMap((row) => layerOf(row, followed !== 'without-input')),
    operations: rows.flatMap((row) =>
      row.kind === 'operation'
        ? [
            {
              name: row.name,
              module: row.module,
              calls: row.calls,
              output: shapeOf(row.output),
              multiplyAccumulates: row.multiplyAccumulates.toString(),
              line: row.line ?? null,
            },
          ]
        : [],
    ),
    errors: counted.errors.map((error) => ({ ...placeOf(error), says: error.says })),
    unknowns: counted.unknowns.map((unknown) => ({
      ...placeOf(unknown),
      what: unknown.says,
      bears: unknown.bears,
    })),
    unread: counted.unread ?? null,
    candidates: counted.candidates.map(({ name, line }) => ({ name, line })),
    advice: counted.advice,
  };
}

function layerOf(row: CountRow, counted: boolean): Record<string, unknown>[] {
  const { kind, name, line = null } = row;
  if (kind === 'operation' || (kind === 'module' && !row.isLayer)) return [];
  const isModule = kind === 'module';
  return [
    {
      name,
      type: isModule ? row.type : 'Parameter',
      output: isModule ? shapeOf(row.output ?? []) : null,
      parameters: row.parameters.toString(),
      multiplyAccumulates: counted ? (isModule ? row.multiplyAccumulates : 0n).toString() : null,
      line,
    },
  ];
}

function placeOf({ line, file }: Remark): Record<string, unknown> {
  return { line: line ?? null, ...(file === undefined ? {} : { file }) };
}

/** One shape as it is, several as a list of them, none as null. */
function shapeOf(shapes: Shapes): readonly number[] | Shapes | null {
  const [first, ...more] = shapes;
  return more.length > 0 ? shapes : (first ?? null);
}
