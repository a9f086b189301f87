import type { ModelReading } from '@tensormark/frameworks';
import { z } from 'zod';
import { requirementFields, unknownsOf, type Decision } from './requirement.js';

export const ReadsWithoutError = z.strictObject({
  ...requirementFields,
  check: z
    .literal('reads-without-error')
    .describe('The code defines a network whose forward pass goes to its end'),
});

/**
 * The code defines a network whose forward pass goes to its end. Code that does not parse is a person's: a slip in copying
 * is no proof of what was meant.
 */
export function readsWithoutError(reading: ModelReading): Decision {
  const { syntaxErrors, errors, network, outputs } = reading;
  const [syntax] = syntaxErrors;
  if (syntax !== undefined) {
    return {
      outcome: 'undecided',
      says: `The code cannot be read whole (${syntax.type}: ${syntax.message}); a person decides what it is worth.`,
      line: syntax.span.line,
    };
  }
  const error = errors.find(({ unsure }) => unsure !== true);
  if (error !== undefined) {
    return { outcome: 'not-met', says: `${error.type}: ${error.message}`, line: error.place.line };
  }
  const [unknown] = unknownsOf(reading);
  if (unknown !== undefined) {
    return {
      outcome: 'undecided',
      says: `Not everything could be followed: ${unknown.what}`,
      line: unknown.line,
    };
  }
  if (network === undefined || outputs === undefined) {
    return {
      outcome: 'undecided',
      says: 'The code was read, but no network with a forward pass was found in it.',
    };
  }
  return {
    outcome: 'met',
    says: 'The network was read and its forward pass followed to the end without an error.',
  };
}
