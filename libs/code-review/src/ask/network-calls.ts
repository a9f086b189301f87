import { isValue } from '@tensormark/frameworks';
import type { Moment, Value } from '@tensormark/frameworks';
import { callsOfUnknown } from './events.js';
import { learnerAsked } from './learners.js';
import { outermostCalls } from './module-calls.js';
import { oncePerProgram } from './once.js';
import { keyOf } from './receivers.js';

/** A network was asked: one of the file's, or one of another file of which an optimiser has the parameters. */
export interface NetworkAsked {
  /** What tells one network from another. */
  readonly network: string;
  readonly input: Value;
  readonly result: Value;
  readonly moment: Moment;
}

/** The calls of whole networks, whether they are followed or not, that were given one value and gave one. */
export const networksAsked = oncePerProgram((program): readonly NetworkAsked[] => {
  const found: NetworkAsked[] = [];
  for (const { module, args, result, moment } of outermostCalls(program)) {
    const [input] = args.positional;
    if (!module.hasParameters && module.isReadable) continue;
    if (isValue(input) && isValue(result)) found.push({ network: keyOf(module), input, result, moment });
  }
  for (const { args, result, moment } of callsOfUnknown(program)) {
    const [, input] = args.positional;
    if (!isValue(input) || !isValue(result)) continue;
    const network = learnerAsked(program, result);
    if (network !== undefined) found.push({ network, input, result, moment });
  }
  return found;
});
