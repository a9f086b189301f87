import type { ErrorRaised, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../check.js';
import { errorsOf } from './errors.js';

/** A check that recognises errors which reading has met. */
export function errorCheck(
  words: Omit<Check, 'run' | 'severity'>,
  recognise: (error: ErrorRaised, program: Program) => Found | undefined,
): Check {
  return {
    ...words,
    severity: 'error',
    *run(program) {
      for (const error of errorsOf(program)) {
        const found = recognise(error, program);
        if (found !== undefined) yield found;
      }
    },
  };
}
