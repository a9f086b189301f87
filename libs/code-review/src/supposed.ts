import type { Program, Supposed } from '@tensormark/frameworks';
import type { Check, Found } from './check.js';
import { oncePerProgram } from './ask/once.js';

interface Run extends Omit<Supposed, 'events'> {
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
    const again = first.again === undefined ? [] : first.again().map(asProgram(program));
    // What the network does not take in another case may hang on the first.
    if (first.again !== undefined && again.length === 0) continue;
    const elsewhere = [...others, ...again].map(
      (other) => new Set([...check.run(other.program)].map(({ at }) => at.start)),
    );
    for (const one of found)
      if (elsewhere.every((starts) => starts.has(one.at.start))) yield inCase(one, first);
  }
}

/** What was found, with what it was found on. */
function inCase(found: Found, { input, sizes, alike }: Run): Found {
  const made = [...(sizes ?? [])].map(([name, size]) => `${name}=${size}`);
  const shape = `[${input.join(', ')}]`;
  const start =
    made.length === 0
      ? `Called on ${shape}, for example: `
      : `Made with ${made.join(', ')} and called on ${shape}, for example: `;
  const end = alike === undefined ? '' : ` It fits only where ${alike[0]} and ${alike[1]} are the same.`;
  const { fix, ...rest } = found;
  return {
    ...rest,
    message: `${start}${found.message}${end}`,
    // Numbers that only stand for what nobody knows are none to write into a program.
    ...(fix !== undefined && made.length === 0 && { fix }),
    ...(alike !== undefined && { severity: 'warning' as const }),
  };
}

const runsOf = oncePerProgram((program): readonly (readonly Run[])[] =>
  program.supposed.map((each) => each.map(asProgram(program))),
);

function asProgram(program: Program): (supposed: Supposed) => Run {
  return ({ events, ...rest }) => ({
    ...rest,
    program: { ...program, events, supposed: [], optimizers: [], loaders: [] },
  });
}
