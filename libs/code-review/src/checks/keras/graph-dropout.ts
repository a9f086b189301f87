import { argument, isInside, turnsOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { everyGraphCall, shortName } from '../../ask/graphs.js';
import type { GraphCall } from '../../ask/graphs.js';
import { graphRuns, lossOf, trainingSteps } from '../../ask/graph-runs.js';
import type { GraphRun } from '../../ask/graph-runs.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places } from '../../ask/places.js';
import { trains } from './graph-training.js';

/** Where dropout is wanted when nothing is learned: to draw several answers, as pix2pix's noise. */
const ON_PURPOSE = /monte.?carlo|mc_?drop|uncertain|bayes|generator|discriminator|gan\b|pix2pix/i;

/**
 * Dropout by a number that is fixed in the graph, which the network that answers goes through as the one that learns does.
 */
export function* alwaysDropping(program: Program): Generator<Found> {
  if (!/drop/i.test(program.source) || ON_PURPOSE.test(program.source)) return;
  const dropping = everyGraphCall(program).filter((call) => keptBy(call) !== undefined);
  if (dropping.length === 0) return;
  const steps = trainingSteps(program);
  const losses = steps.flatMap((step) => lossOf(program, step) ?? []);
  const results = steps.map(({ result }) => result);
  const runs = graphRuns(program);
  const learning = runs.filter((run) => trains(run, results));
  const said = new Set<number>();
  for (const call of dropping) {
    const at = call.value.span;
    if (at === undefined || said.has(at.start) || !losses.some((loss) => isMadeOf(loss, call.value)))
      continue;
    const answer = runs.find(
      (run) =>
        !trains(run, results) &&
        run.fetched.some((one) => isMadeOf(one, call.value)) &&
        (isDecided(program, run) || learning.every((other) => isAfter(run, other))),
    );
    if (answer === undefined) continue;
    said.add(at.start);
    yield {
      at,
      message: `Dropout keeps ${keptBy(call) ?? 'some'} of the units whenever this graph is run, where it answers too.`,
      evidence: [places(['run without learning', answer.call.moment.span])],
    };
  }
}

/** What dropout keeps by a number that nothing changes: 0.5 of `tf.nn.dropout(h, 0.5)`. */
function keptBy(call: GraphCall): number | string | undefined {
  const { args } = call;
  switch (shortName(call)) {
    case 'DropoutWrapper': {
      const kept = ['input_keep_prob', 'output_keep_prob', 'state_keep_prob'].map((name, at) =>
        argument(args, name, at + 1),
      );
      return kept.map((one) => share(one)).find((one) => one !== undefined);
    }
    case 'dropout': {
      if (call.name === 'layers.dropout')
        return argument(args, 'training', 3) === true
          ? `1 - ${String(share(argument(args, 'rate', 1)) ?? 0.5)}`
          : undefined;
      if (call.name !== 'nn.dropout') return undefined;
      const rate = share(args.named.get('rate'));
      return rate === undefined ? share(argument(args, 'keep_prob', 1)) : 1 - rate;
    }
    default:
      return undefined;
  }
}

function share(datum: Datum | undefined): number | undefined {
  return typeof datum === 'number' && datum > 0 && datum < 1 ? datum : undefined;
}

/** Whether a run asks for classes: what it computes is compared or the largest of. */
function isDecided(program: Program, { fetched }: GraphRun): boolean {
  const decisions = everyGraphCall(program).filter((call) =>
    /^(equal|arg_?max|in_top_k)$/.test(shortName(call)),
  );
  return fetched.some((one) => decisions.some(({ value }) => one === value || isMadeOf(one, value)));
}

/** Whether a run stands after another, and in none of its loops. */
function isAfter(run: GraphRun, other: GraphRun): boolean {
  const { moment } = run.call;
  return (
    moment.at > other.call.moment.at &&
    turnsOf(other.call.moment).every(({ loop }) => !isInside(moment, loop))
  );
}
