import { foreignName, isInside, Value } from '@tensormark/frameworks';
import type { BackwardRan, Called, Datum, Loop, Moment, Program, Receiver } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import { comesOf } from './ancestry.js';
import { callsOfUnknown } from './events.js';
import { keyOf } from './receivers.js';
import { graphOf } from './gradients.js';
import { classesOf, holds, statementAt } from './tree.js';

/** By their names they tell, keep, or change a rate: they neither compute gradients nor empty them. */
const ELSEWISE =
  /^(append|add_scalar|log|info|debug|print|write|update|add|set_postfix|format|unscale_)$|lr|rate|sched|adjust|decay|clip|warm|save|load|state|eval|valid|test|plot|show|count|summary|watch|metric|acc/i;

/** Calls of what is not known, in a loop, that by their names may train. */
function callsIn(program: Program, loop: Loop): readonly Called[] {
  return callsOfUnknown(program).filter(
    ({ name, args, moment }) =>
      isInside(moment, loop) &&
      !ELSEWISE.test(name === '' ? (foreignName(args.positional[0])?.split('.').at(-1) ?? '') : name),
  );
}

/** What a call hands on; not what it is a method of. */
function handedBy({ args }: Called): readonly Datum[] {
  return [...args.positional.slice(1), ...args.named.values()];
}

/**
 * Whether in a loop something that is not known has an optimiser in its hands, alone, in a list or as part of an object of the program,
 * whose class makes it or takes the step that is looked at: it may set gradients to zero, or take steps. So may what is handed a
 * network alone and gives nothing that is kept.
 */
export function isInOtherHands(program: Program, loop: Loop, of: Receiver, step?: Moment): boolean {
  const spans = [step?.span, of.kind === 'optimizer' ? of.made.span : undefined];
  const isIt = (datum: Datum): boolean => {
    if (Array.isArray(datum)) return datum.some((item: Datum) => isIt(item));
    if (typeof datum !== 'object' || datum === null || !('kind' in datum)) return false;
    if (datum instanceof Value) return of instanceof Value && keyOf(datum) === keyOf(of);
    if (datum.kind === 'optimizer') return of.kind === 'optimizer' && datum.id === of.id;
    const cls = 'type' in datum ? classesOf(program).find(({ name }) => name === datum.type) : undefined;
    return cls !== undefined && spans.some((span) => span !== undefined && holds(cls.span, span));
  };
  return callsIn(program, loop).some((call) => {
    const handed = handedBy(call);
    return (
      handed.some(isIt) ||
      (handed.length === 1 && isNetwork(handed[0], of) && isAlone(program, call.moment.span))
    );
  });
}

/** Whether it is a network: as far as nothing is known of one, that whose parameters the optimiser has. */
function isNetwork(datum: Datum | undefined, of: Receiver): boolean {
  if (datum instanceof Value)
    return (
      of.kind === 'optimizer' &&
      of.given instanceof Value &&
      comesOf(of.given, (value) => keyOf(value) === keyOf(datum))
    );
  return typeof datum === 'object' && datum !== null && 'kind' in datum && datum.kind === 'module';
}

/** Whether a call stands alone, and nobody takes what it gives. */
function isAlone(program: Program, span: Span | undefined): boolean {
  return span !== undefined && statementAt(program, span)?.kind === 'Expr';
}

/** Whether in a loop something that is not known is handed a loss, or what one was made of, of which it may compute the gradients. */
export function mayBeComputedElsewhere(
  program: Program,
  loop: Loop,
  backwards: readonly BackwardRan[],
): boolean {
  const computed = new Set(backwards.flatMap(({ on }) => (on === undefined ? [] : [on])));
  const isLoss = (datum: Datum): boolean =>
    datum instanceof Value &&
    !computed.has(datum) &&
    graphOf(datum).length > 1 &&
    (datum.shape === undefined || datum.shape.length === 0) &&
    ![...computed].some((on) => comesOf(on, (value) => value === datum));
  return callsIn(program, loop).some((call) => handedBy(call).some(isLoss));
}
