import { countCosts, countParameters, tensorsOf } from '@tensormark/network';
import { countRows, formatBatched } from './count-rows.js';
import type { Counted } from './counted.js';

/** A count as one JSON object; counts are decimal strings, for they may exceed what a JSON number holds. */
export function countAsJson({
  name,
  network,
  traced,
  errors,
  unknowns,
  candidates,
}: Counted): Record<string, unknown> {
  const common = { errors, unknowns, candidates: candidates.map(({ name, line }) => ({ name, line })) };
  if (network === undefined) return { name: name ?? null, ...common };
  const totals = countParameters(network);
  const outputs = traced ? tensorsOf(network.output).map(({ shape }) => shape) : [];
  return {
    name: name ?? null,
    parameters: totals.parameters.toString(),
    trainable: totals.trainable.toString(),
    buffers: totals.buffers.toString(),
    multiplyAccumulates: traced ? countCosts(network).toString() : null,
    output: outputs.length === 1 ? outputs[0] : outputs.length === 0 ? null : outputs,
    layers: countRows(network)
      .filter(({ isLayer }) => isLayer)
      .map((row) => ({
        name: row.name,
        type: row.type,
        output: row.output === undefined ? null : row.output.map(formatBatched).join(', '),
        parameters: row.parameters.toString(),
        multiplyAccumulates: row.multiplyAccumulates.toString(),
        line: row.line ?? null,
      })),
    ...common,
  };
}
