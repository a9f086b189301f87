import type { ModelReading } from '@tensormark/frameworks';
import type { RubricItem } from '../exam/fields.js';
import type { Marks } from '../marks.js';
import { unknownCheck } from './checks.js';
import { lintRubric } from './rubric.js';
import type { SchemeNote } from './note.js';

/** Words by which a scheme expects that the code fails. */
const EXPECTS_FAILURE =
  /error|fail|crash|raise|exception|mismatch|shape|dimension|size|syntax|invalid|does not run|wrong number/i;

interface Critique {
  readonly marks: Marks;
  readonly expects: readonly (RubricItem & { readonly fault?: string | undefined })[];
}

export function lintCritique(part: Critique, asked: string, read: () => ModelReading): SchemeNote[] {
  return [
    ...lintRubric(part.marks, part.expects, 'expects', asked),
    ...part.expects.flatMap(({ id, fault }, at) =>
      fault === undefined ? [] : unknownCheck(fault, ['expects', at, 'fault'], id),
    ),
    ...givenCode(part, read()),
  ];
}

/** What reading the code brings up that the scheme does not speak of. */
function givenCode({ expects }: Critique, reading: ModelReading): SchemeNote[] {
  const [syntax] = reading.syntaxErrors;
  const [error] = reading.errors;
  const spoken = expects.some(({ says, terms }) => EXPECTS_FAILURE.test([says, ...terms].join(' ')));
  const failure =
    syntax === undefined
      ? error && `line ${error.place.line}: ${error.type}: ${error.message}`
      : `line ${syntax.span.line}: ${syntax.type}: ${syntax.message}`;
  if (failure !== undefined) {
    if (spoken) return [];
    return [
      {
        check: 'code-fails',
        path: ['code'],
        says: `The code does not run, and no point of the scheme speaks of it (${failure}). Mend the code, or add the point.`,
      },
    ];
  }
  if (reading.network !== undefined) return [];
  return [
    {
      check: 'code-without-network',
      path: ['code'],
      says: 'No network could be read from the code, so markers are shown no facts of it. Give "input", and "call" where there are several models.',
    },
  ];
}
