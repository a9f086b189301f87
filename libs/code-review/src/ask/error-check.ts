import type { ErrorRaised, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../check.js';
import { errorsOf } from './errors.js';

type Recognise = (error: ErrorRaised, program: Program) => Found | undefined;

/** A check that recognises errors which reading has met. */
export interface ErrorCheck extends Check {
  readonly recognise: Recognise;
}

/** Makes such a check; `among` gives the errors it looks at. */
export function errorCheck(
  words: Omit<Check, 'run' | 'severity'>,
  recognise: Recognise,
  among: (program: Program) => readonly ErrorRaised[] = errorsOf,
): ErrorCheck {
  return {
    ...words,
    severity: 'error',
    recognise,
    *run(program) {
      for (const error of among(program)) {
        const found = recognise(error, program);
        if (found !== undefined) yield found;
      }
    },
  };
}
