import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { graphCall, shortName } from '../../ask/graphs.js';
import { lossOf, trainingSteps } from '../../ask/graph-runs.js';
import { places } from '../../ask/places.js';

/** A cross entropy of scores with labels that are all one number. */
interface Judged {
  readonly scores: Value;
  readonly label: number;
  readonly value: Value;
}

/**
 * Two steps, each with variables of its own, where the whole loss of one is a part of the loss of the other: what generates is to make
 * smaller just what judges makes smaller too.
 */
export function* sameForBoth(program: Program): Generator<Found> {
  if (!/var_list/.test(program.source) || !/cross_entropy/.test(program.source)) return;
  const steps = trainingSteps(program).flatMap((step) => {
    const [loss, variables] = [lossOf(program, step), argument(step.args, 'var_list', 3)];
    return loss === undefined || variables === undefined ? [] : [{ step, variables, parts: judgedIn(loss) }];
  });
  for (const { variables, parts } of steps) {
    const [only, ...more] = parts;
    if (only === undefined || more.length > 0) continue;
    const other = steps.find(
      (one) =>
        one.variables !== variables &&
        one.parts.length > 1 &&
        one.parts.some(({ scores, label }) => scores === only.scores && label === only.label),
    );
    const at = madeFor(program, only.value);
    if (other === undefined || at === undefined) continue;
    yield {
      at,
      message: `Both networks make the same smaller: scores of the generated are to be ${only.label} for the one and the other.`,
      evidence: [places(['the other step', other.step.moment.span])],
    };
    return;
  }
}

/** Where the program has a loss computed: where a function is called that computes it. */
function madeFor(program: Program, { id, span }: Value): Found['at'] | undefined {
  const made = eventsOf(program, 'call').find(({ result }) => isValue(result) && result.id === id);
  const called = made?.moment.activation?.calledAt;
  return called?.source.file === program.file ? called : span;
}

/** The entropies that a loss is the sum of; none where one of them is something else. */
function judgedIn(loss: Datum | undefined, depth = 0): readonly Judged[] {
  if (!isValue(loss) || depth > 8) return [];
  const call = graphCall(loss);
  if (call === undefined)
    return loss.made.kind === 'operation' && /^(add|mul|div)$/.test(loss.made.name)
      ? loss.made.args.positional.flatMap((one) => judgedIn(one, depth + 1))
      : [];
  const short = shortName(call);
  if (/^(reduce_mean|reduce_sum|add|identity)$/.test(short))
    return call.args.positional
      .filter((one) => isValue(one))
      .flatMap((one) => judgedIn(one, depth + 1).map((judged) => ({ ...judged, value: loss })));
  if (short !== 'sigmoid_cross_entropy_with_logits') return [];
  const scores = argument(call.args, 'logits', 1);
  const label = numberIn(argument(call.args, 'labels', 2));
  return isValue(scores) && label !== undefined ? [{ scores, label, value: loss }] : [];
}

/** The number of an array that is filled with 0 or 1, perhaps smoothed. */
function numberIn(labels: Datum | undefined): number | undefined {
  if (!isValue(labels)) return undefined;
  const name = graphCall(labels)?.name ?? '';
  if (/^zeros(_like)?$/.test(name)) return 0;
  if (/^ones(_like)?$/.test(name)) return 1;
  const [one, other] = labels.made.kind === 'operation' ? labels.made.args.positional : [];
  return labels.made.kind === 'operation' && labels.made.name === 'mul'
    ? (numberIn(one) ?? numberIn(other))
    : undefined;
}
