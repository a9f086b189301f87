import { countCosts, countParameters, tensorsOf } from '@tensormark/network';
import { countRows, formatBatched } from './count-rows.js';
import type { Counted } from './counted.js';

/**
 * A count as one JSON object; counts are decimal strings, for they may exceed what a JSON number holds. What an unknown
 * leaves a gap in is null rather than a number that is too small.
 */
export function countAsJson({
  name,
  network,
  traced,
  gaps,
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
    parameters: gaps?.parameters === true ? null : totals.parameters.toString(),
    trainable: gaps?.parameters === true ? null : totals.trainable.toString(),
    buffers: gaps?.buffers === true ? null : totals.buffers.toString(),
    multiplyAccumulates: traced && gaps?.forward !== true ? countCosts(network).toString() : null,
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
