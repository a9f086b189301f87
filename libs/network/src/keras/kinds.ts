import { isSequence, typeName } from '../values/argument.js';
import { raiseAlike } from '../values/errors.js';
import { anything, type Kind } from '../values/kinds.js';
import { optional, type Slot } from '../values/signature.js';
import type { Argument } from '../values/argument.js';

/** A whole number; Keras takes `64.0` for one. */
export const whole: Kind<number> = {
  expects: 'int',
  read(value, name) {
    const number = wholeOf(value);
    if (number === undefined) raiseAlike('TypeError', `${name} must be an int, not ${typeName(value)}`);
    return number;
  },
  attribute: (value) => BigInt(value),
};

/** A size, which is above zero. */
export const positive: Kind<number> = {
  ...whole,
  read(value, name) {
    const number = whole.read(value, name);
    if (number <= 0)
      raiseAlike(
        'ValueError',
        `Received an invalid value for \`${name}\`, expected a positive integer. Received: ${name}=${number}`,
      );
    return number;
  },
};

function wholeOf(value: Argument): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'bigint' && typeof value !== 'number') return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** An int for all of so many dimensions, or one for each, in Keras's words where there are others. */
export function sizes(rank: number, least = 1): Kind<readonly number[]> {
  const expects = `int or tuple of ${rank} ints`;
  return {
    expects,
    read(value, name) {
      const items = isSequence(value) ? value : Array.from({ length: rank }, () => value);
      const numbers = items.map(wholeOf);
      const known = numbers.filter((number): number is number => number !== undefined && number >= least);
      if (known.length !== rank || numbers.length !== rank)
        raiseAlike(
          'ValueError',
          `The \`${name}\` argument must be a tuple of ${rank} integers. Received: ${name}=${numbers.join(', ')}`,
        );
      return known;
    },
    attribute: (value) => value.map(BigInt),
  };
}

/** How an activation may be given: by its name, as a function, or not at all. */
export const activation = (value: string | null = null): Slot<Argument> => optional(anything, value);

/** Initialisers, regularisers and constraints are taken, and change no count. */
export function untouched<Names extends string>(...names: readonly Names[]): Record<Names, Slot<Argument>> {
  return Object.fromEntries(names.map((name) => [name, optional(anything, null)])) as Record<
    Names,
    Slot<Argument>
  >;
}

/** What layers with a kernel and a bias take of how these begin and are held. */
export const KERNEL_AND_BIAS = untouched(
  'kernel_initializer',
  'bias_initializer',
  'kernel_regularizer',
  'bias_regularizer',
  'activity_regularizer',
  'kernel_constraint',
  'bias_constraint',
);

/** One of several words, any case. @throws Raised in Keras's words */
export function oneOf<Word extends string>(...words: readonly Word[]): Kind<Word> {
  return {
    expects: words.join(', '),
    read(value, name) {
      const word = typeof value === 'string' ? value.toLowerCase() : undefined;
      const found = words.find((known) => known === word);
      if (found === undefined)
        raiseAlike(
          'ValueError',
          `The \`${name}\` argument must be one of ${words.map((known) => `"${known}"`).join(', ')}. Received: ${typeof value === 'string' ? value : typeName(value)}`,
        );
      return found;
    },
  };
}
