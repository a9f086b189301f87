import { argument, isValue, kerasCall } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';

const KEEPS = /^(div|sub|mul|add|astype|copy|array|asarray)$/;

const LOADED = /^(load_model|model_from_(json|yaml|config))$/;

/** One example made flat and handed to a network that is loaded: each of its numbers is taken for an example. */
export function* flattened(program: Program): Generator<Found> {
  for (const { args, moment } of callsNamed(program, 'predict')) {
    const flat = flatIn(argument(args, 'x', 1));
    if (flat === undefined || moment.span === undefined) continue;
    if (!LOADED.test(kerasCall(args.positional[0])?.name ?? '')) continue;
    yield {
      at: moment.span,
      message:
        'What is handed on is flat, one row of numbers with no batch around it: each number is taken for an example.',
      severity: 'warning',
      evidence: [places(['made flat here', flat.span])],
    };
  }
}

/** Where an array was made flat, and nothing gave it another dimension since. */
function flatIn(datum: Datum | undefined): Value | undefined {
  let current = datum;
  for (let depth = 0; depth < 12 && isValue(current) && current.made.kind === 'operation'; depth++) {
    const { name, args } = current.made;
    if (name === 'flatten' || name === 'ravel') return current;
    if (!KEEPS.test(name)) return undefined;
    [current] = args.positional;
  }
  return undefined;
}
