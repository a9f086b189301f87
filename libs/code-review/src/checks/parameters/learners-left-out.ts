import { isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsOfUnknown, eventsOf } from '../../ask/events.js';
import { learnersOf, networkBehind } from '../../ask/learners.js';
import { places } from '../../ask/places.js';
import { keyOf } from '../../ask/receivers.js';
import { valuesLearnedFrom } from '../../ask/training.js';

/**
 * A network of another file whose gradients a program sets to zero, or that it puts into training mode, as one does with what is to
 * learn, that losses are computed through and no optimiser has.
 */
export function* learnersLeftOut(program: Program): Generator<Found> {
  const { source, optimizers } = program;
  if (
    optimizers.length === 0 ||
    /requires_grad|add_param_group|from_pretrained|no_grad\(\)\s*\n?def/.test(source)
  )
    return;
  const learners = learnersOf(program);
  const isKnown = optimizers.every((one) => one.isComplete || learners.of(one).size > 0);
  const steps = eventsOf(program, 'step');
  if (!isKnown || steps.some(({ of }) => of === 'manual' || isValue(of) || of.kind !== 'optimizer')) return;
  const meant = [
    ...eventsOf(program, 'zero-grad').map(({ of, moment }) => ({ of, moment })),
    ...eventsOf(program, 'mode').flatMap(({ of, training, moment }) =>
      training === true ? [{ of, moment }] : [],
    ),
  ];
  const learned = valuesLearnedFrom(program);
  for (const { of, moment } of meant) {
    if (of === 'parameters' || !isValue(of)) continue;
    const key = keyOf(networkBehind(of));
    const name = /^([\w.]+)\.(zero_grad|train)\(/.exec(moment.span?.text ?? '')?.[1];
    if (learners.keys.has(key) || name === undefined || speaksOfParameters(source, name)) continue;
    const asked = callsOfUnknown(program).find(({ args, result }) => {
      const [receiver] = args.positional;
      const isIt = isValue(receiver) && keyOf(networkBehind(receiver)) === key;
      return isIt && [result].flat().some((one) => isValue(one) && learned.has(one));
    });
    const at = optimizers[0]?.made.span;
    if (asked === undefined || at === undefined) continue;
    yield {
      at,
      message: `No optimiser is given the parameters of ${name} that gradients reach.`,
      evidence: [places(['it is meant to learn', moment.span], ['it is asked here', asked.moment.span])],
    };
    return;
  }
}

/** Whether a program asks a network, or a part of it, for its parameters. */
function speaksOfParameters(source: string, name: string): boolean {
  return new RegExp(
    String.raw`\b${name.replaceAll('.', String.raw`\.`)}(\.\w+)*\.(named_)?parameters\(`,
  ).test(source);
}
