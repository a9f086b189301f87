import type { Program } from '@tensormark/frameworks';
import { speaksOfKeras } from '../../ask/keras-calls.js';
import type { Check, Found } from '../../check.js';

/** What a check means in a program written with Keras. */
export interface KerasPart {
  /** In the words of Keras; where they are not given the check's own hold. */
  readonly why?: string;
  readonly instead?: string;
  readonly wrong: readonly string[];
  readonly right: readonly string[];
  run(program: Program): Iterable<Found>;
}

/** A check of what only programs written with Keras have, which looks at no others. */
export function onlyInKeras(check: Check): Check {
  return { ...check, run: (program) => (speaksOfKeras(program) ? check.run(program) : []) };
}

/** A check that sees the same fault in programs of Keras too. */
export function inKeras(check: Check, part: KerasPart): Check {
  return {
    ...check,
    wrong: [...check.wrong, ...part.wrong],
    right: [...check.right, ...part.right],
    run: (program) => (speaksOfKeras(program) ? ofBoth(program, check, part) : check.run(program)),
  };
}

function* ofBoth(program: Program, check: Check, part: KerasPart): Generator<Found> {
  const { why, instead } = part;
  yield* check.run(program);
  for (const found of part.run(program))
    yield {
      ...found,
      ...(why !== undefined && found.why === undefined && { why }),
      ...(instead !== undefined && found.instead === undefined && { instead }),
    };
}
