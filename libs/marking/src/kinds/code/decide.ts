import type { ModelReading } from '@tensormark/frameworks';
import { readsWithoutError } from './requirements/reads-without-error.js';
import { unknownsOf, type Decide, type Decision, type Submission } from './requirements/requirement.js';
import { REQUIREMENTS, type Requirement } from './requirements/table.js';

type Given = Omit<Submission, 'network' | 'isSure'>;

/** Decides one requirement from what was read. What was not followed to its end is never held against the work. */
export function decide(requirement: Requirement, given: Given): Decision {
  const { reading } = given;
  const { network } = reading;
  if (network === undefined) {
    return requirement.check === 'reads-without-error'
      ? readsWithoutError(reading)
      : { outcome: 'undecided', says: 'No network could be read from the code.' };
  }
  return decideAs(requirement.check, requirement, { ...given, network, isSure: isSure(reading) });
}

function decideAs<Check extends Requirement['check']>(
  check: Check,
  requirement: Extract<Requirement, { check: Check }>,
  submission: Submission,
): Decision {
  const by: Decide<Extract<Requirement, { check: Check }>> = REQUIREMENTS[check];
  return by(requirement, submission);
}

/** The forward pass is trusted only where nothing in it was in error or unknown. */
export function isSure(reading: ModelReading): boolean {
  const { syntaxErrors, errors } = reading;
  return syntaxErrors.length === 0 && errors.length === 0 && unknownsOf(reading).length === 0;
}
