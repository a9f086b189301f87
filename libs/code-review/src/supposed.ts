import type { Program } from '@tensormark/frameworks';
import type { Check, Found } from './check.js';
import { oncePerProgram } from './ask/once.js';

interface Run {
  readonly input: readonly number[];
  /** The run as a program of its own, in which nothing else happens. */
  readonly program: Program;
}

/**
 * What checks of shapes alone find in networks of which the program shows no input: only what they find for every input that
 * the network's first layer takes in its usual forms, so that it hangs on none of them.
 */
export function* foundOnSupposed(program: Program, check: Check): Generator<Found> {
  for (const [first, ...others] of runsOf(program)) {
    if (first === undefined) continue;
    const found = [...check.run(first.program)];
    if (found.length === 0) continue;
    const elsewhere = others.map((other) => new Set([...check.run(other.program)].map(({ at }) => at.start)));
    const called = `Called on [${first.input.join(', ')}], for example: `;
    for (const one of found)
      if (elsewhere.every((starts) => starts.has(one.at.start)))
        yield { ...one, message: `${called}${one.message}` };
  }
}

const runsOf = oncePerProgram((program): readonly (readonly Run[])[] =>
  program.supposed.map((each) =>
    each.map(({ input, events }) => ({
      input,
      program: { ...program, events, supposed: [], optimizers: [], loaders: [] },
    })),
  ),
);
