import { isInside, turnsOf, Value } from '@tensormark/frameworks';
import type {
  BackwardRan,
  GradientsZeroed,
  Loop,
  Moment,
  OptimizerStepped,
  Program,
  Receiver,
} from '@tensormark/frameworks';
import { callsOfUnknown, eventsOf } from './events.js';
import { graphOf, sourcesOfData } from './gradients.js';
import { oncePerProgram } from './once.js';
import { mayConcern, parametersOf } from './receivers.js';

/** A loop that learns: its turns compute gradients and take steps with them. */
export interface TrainingLoop {
  readonly loop: Loop;
  readonly backwards: readonly BackwardRan[];
  readonly steps: readonly OptimizerStepped[];
}

/** The innermost loop around a moment that goes round more than once. */
export function innermost(moment: Moment): Loop | undefined {
  return turnsOf(moment).find(({ loop }) => loop.turns > 1 || loop.cut)?.loop;
}

/** Losses' `backward`, without those that leave parameters' gradients as they are. */
export function backwardsOf(program: Program): BackwardRan[] {
  return eventsOf(program, 'backward').filter(({ accumulates }) => accumulates);
}

/** The values that gradients flow through in some `backward`, of all of them together. */
export const valuesLearnedFrom = oncePerProgram(
  (program): ReadonlySet<Value> =>
    new Set(backwardsOf(program).flatMap(({ on }) => (on === undefined ? [] : graphOf(on)))),
);

/**
 * For each step of an optimiser, the innermost loop in which gradients are computed too: an optimiser that steps after
 * an inner loop of micro-batches belongs to the loop around it.
 */
export function trainingLoops(program: Program): TrainingLoop[] {
  const backwards = backwardsOf(program);
  const found = new Map<Loop, { backwards: BackwardRan[]; steps: OptimizerStepped[] }>();
  for (const step of eventsOf(program, 'step')) {
    const turn = turnsOf(step.moment).find(
      ({ loop }) => (loop.turns > 1 || loop.cut) && backwards.some(({ moment }) => isInside(moment, loop)),
    );
    if (turn === undefined) continue;
    const { loop } = turn;
    const known = found.get(loop) ?? {
      backwards: backwards.filter(({ moment }) => isInside(moment, loop)),
      steps: [],
    };
    known.steps.push(step);
    found.set(loop, known);
  }
  return [...found].map(([loop, { backwards: inside, steps }]) => ({ loop, backwards: inside, steps }));
}

/** One loop of the program text is run anew each time it is reached: the first run stands for all. */
export function onePerLoop<T extends { readonly loop: Loop }>(loops: readonly T[]): T[] {
  const seen = new Set<number>();
  return loops.filter(({ loop }) => {
    const { start } = loop.span;
    if (seen.has(start)) return false;
    seen.add(start);
    return true;
  });
}

/** What sets gradients to nothing in a loop, for an optimiser. */
export function zeroingFor(program: Program, loop: Loop, of: Receiver): GradientsZeroed[] {
  return eventsOf(program, 'zero-grad').filter(
    (event) => isInside(event.moment, loop) && mayConcern(event.of, of),
  );
}

/** Packages whose functions have no parameters of their own, whether they are followed or not. */
const WITHOUT_PARAMETERS = /^(torch\.(distributions|linalg|special|fft)|numpy|math)\b/;

/** Whether it is what such a function gives. */
function isOfPackage({ inputs: [callee] }: Value): boolean {
  return callee?.made.kind === 'unknown' && WITHOUT_PARAMETERS.test(callee.made.reason);
}

/** Whether a loss may give an optimiser's parameters gradients. */
export function mayReach({ on }: BackwardRan, of: Receiver): boolean {
  const parameters = parametersOf(of);
  if (parameters === undefined || on === undefined) return true;
  let isKnown = true;
  const graph = graphOf(on);
  const data = sourcesOfData(graph);
  for (const value of graph) {
    const { made } = value;
    if (data.has(value)) continue;
    if (made.kind === 'parameter' && parameters.has(made.id)) return true;
    if (made.kind === 'layer' || made.kind === 'module') {
      if (made.module.parameters.some(({ id }) => parameters.has(id))) return true;
    } else if (made.kind === 'operation' && made.name === 'call') isKnown &&= isOfPackage(value);
    else if (made.kind === 'unknown' ? !WITHOUT_PARAMETERS.test(made.reason) : made.kind === 'attribute')
      isKnown = false;
  }
  return !isKnown;
}

/** Whether a loss gives some of an optimiser's parameters gradients, whatever else is not known. */
export function surelyReaches({ on }: BackwardRan, of: Receiver): boolean {
  const parameters = parametersOf(of);
  if (parameters === undefined || on === undefined) return false;
  return graphOf(on).some(
    ({ made }) =>
      (made.kind === 'parameter' && parameters.has(made.id)) ||
      ((made.kind === 'layer' || made.kind === 'module') &&
        made.module.parameters.some(({ id }) => parameters.has(id))),
  );
}

/** Whether a value, or one made of it, is handed to something unknown, which may do anything with it. */
export function escapes(program: Program, test: (value: Value) => boolean): boolean {
  return callsOfUnknown(program).some(
    ({ name, args }) =>
      !SILENT.has(name) &&
      [...args.positional.slice(1), ...args.named.values()].some(
        (datum) => datum instanceof Value && test(datum),
      ),
  );
}

/** Methods of unknown things that only tell or keep. */
const SILENT = new Set([
  'add_scalar',
  'append',
  'log',
  'info',
  'print',
  'write',
  'update',
  'add',
  'set_postfix',
  'format',
]);
