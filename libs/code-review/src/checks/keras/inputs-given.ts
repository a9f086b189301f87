import { argument, arrayFacts, inputOfPretrained, inputTensorShape, kerasCall } from '@tensormark/frameworks';
import type { Example, Fitted, KerasNetwork, Program, Used, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places, spanOf } from '../../ask/places.js';
import { evidenceOf, shown } from './shape-words.js';
import { agrees, isAlike, same } from './shapes-alike.js';

/** Sizes that are not those of the data whatever order they come in. */
export function* otherSizes(network: KerasNetwork | undefined, fits: readonly Fitted[]): Generator<Found> {
  const wanted = network?.input;
  for (const { inputs, moment } of fits) {
    const given = inputs.shape?.slice(1);
    const at = network?.steps[0]?.span ?? moment.span;
    if (wanted === undefined || given === undefined || at === undefined || given.length !== wanted.length)
      continue;
    if ([...wanted, ...given].includes(undefined) || given.length !== 3) continue;
    const sorted = (sizes: Example): string =>
      sizes.toSorted((one, other) => (one ?? 0) - (other ?? 0)).join();
    if (sorted(wanted) === sorted(given)) continue;
    yield {
      at,
      message: `The network takes examples of ${shown(wanted)}, and is given ${shown(given)}.`,
      evidence: [...evidenceOf('an example', given), places(['the data are given here', moment.span])],
    };
    return;
  }
}

/** What is validated with, where what is trained on has the shape that the network is made for, or none that is known. */
export function validations(wanted: Example, fits: readonly Fitted[]): Pick<Used, 'inputs' | 'moment'>[] {
  return fits.flatMap(({ inputs, validation, moment }) => {
    const given = inputs.shape?.slice(1);
    const isFine = given === undefined || isAlike(wanted, given) || agrees(wanted, given);
    return validation === undefined || !isFine ? [] : [{ inputs: validation.inputs, moment }];
  });
}

/** A network that is called on what another gives. */
export function* networksJoined({ steps }: KerasNetwork): Generator<Found> {
  for (const { network, given, span } of steps) {
    const wanted = network?.input;
    if (wanted === undefined || given === undefined || span === undefined) continue;
    if (isAlike(wanted, given) || agrees(wanted, given)) continue;
    // Maps of another size go through convolutions as well.
    const isMaps =
      wanted.length === given.length && wanted.length > 1 && same(wanted.slice(-1), given.slice(-1));
    if (isMaps && !network?.steps.some(({ layer }) => layer?.type === 'Flatten')) continue;
    yield {
      at: span,
      message: `This network takes ${shown(wanted)}, and is called on what gives ${shown(given)}.`,
      evidence: [...evidenceOf('what comes', given)],
    };
  }
}

/** A network of several inputs, and arrays for them of which one has another shape. */
export function* severalInputs(
  network: Value | undefined,
  given: readonly (Fitted | Used)[],
): Generator<Found> {
  const call = kerasCall(network);
  const inputs = call?.name === 'Model' ? (argument(call.args, 'inputs', 0) ?? null) : null;
  if (!Array.isArray(inputs) || inputs.length < 2) return;
  for (const { x, moment } of given) {
    if (!Array.isArray(x) || x.length !== inputs.length || moment.span === undefined) continue;
    for (const [index, datum] of x.entries()) {
      const wanted = inputTensorShape(inputs[index]);
      const shape = arrayFacts(datum).shape;
      const example = shape?.slice(1);
      if (wanted === undefined || shape === undefined || example === undefined) continue;
      if (isAlike(wanted, example) && (example.length > 0 || !isWhole(wanted, shape))) continue;
      if (agrees(wanted, example) && example.length > 0) continue;
      yield {
        at: moment.span,
        message: isWhole(wanted, shape)
          ? `One example of ${shown(wanted)} is handed on for input ${index + 1}, with no batch around it.`
          : `Input ${index + 1} takes examples of ${shown(wanted)}, and is given ${shown(example)}.`,
        evidence: [
          ...evidenceOf('an example', example),
          places(['the input', spanOf(inputs[index])], ['what it is given', spanOf(datum)]),
        ],
      };
      return;
    }
  }
}

/** Whether what is given is one example, and no batch of them. */
function isWhole(wanted: Example, shape: Example): boolean {
  return shape.length === wanted.length && shape.length > 0 && wanted[0] !== 1 && same(wanted, shape);
}

/** What networks of `keras.applications` predict from, with the shape that each takes. */
export function pretrainedUses(program: Program): { readonly wanted: Example; readonly use: Used }[] {
  return callsNamed(program, 'predict').flatMap((call) => {
    const wanted = inputOfPretrained(call.args.positional[0]);
    const x = argument(call.args, 'x', 1);
    if (wanted === undefined) return [];
    const use: Used = {
      kind: 'predict',
      call,
      moment: call.moment,
      x,
      y: undefined,
      inputs: arrayFacts(x),
      targets: {},
    };
    return [{ wanted, use }];
  });
}
