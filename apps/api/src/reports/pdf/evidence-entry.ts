import type { Evidence } from '@tensormark/marking';
import { inOneLine } from './formula.js';
import { INK } from './sheet.js';

/** One piece of evidence as it stands on paper. The sign says in shape what the word says in words. */
export interface Entry {
  readonly sign: '✓' | '✗' | '?' | '·';
  readonly colour: string;
  readonly word: string;
  readonly says: string;
  readonly quote: string;
  readonly details: readonly string[];
}

const GOOD = { sign: '✓', colour: INK.good } as const;
const BAD = { sign: '✗', colour: INK.bad } as const;
const UNSURE = { sign: '?', colour: INK.unsure } as const;
const PLAIN = { sign: '·', colour: INK.quiet } as const;

const EQUATION = {
  // What is said of these begins with the verdict itself.
  true: { ...GOOD, word: '' },
  false: { ...BAD, word: 'Does not hold' },
  rounded: { ...GOOD, word: '' },
  'not-understood': { ...UNSURE, word: '' },
} as const;
const QUANTITY = {
  correct: { ...GOOD, word: 'Correct' },
  follows: { ...GOOD, word: 'Follows from an earlier slip' },
  method: { ...UNSURE, word: 'Method shown, value differs' },
  rounded: { ...UNSURE, word: 'Correct when rounded' },
  wrong: { ...BAD, word: 'Differs' },
  'not-found': { ...PLAIN, word: 'Not found' },
} as const;
const FINDING = {
  error: { ...BAD, word: 'Error' },
  warning: { ...UNSURE, word: 'Likely wrong' },
  design: { ...PLAIN, word: 'Design' },
  remark: { ...PLAIN, word: 'Remark' },
} as const;
const CLAIM = {
  supported: { ...GOOD, word: 'Borne out by the code' },
  contradicted: { ...BAD, word: 'Contradicted by the code, it seems' },
  'not-checkable': { ...PLAIN, word: 'Not checkable' },
} as const;
const SUGGESTION = {
  'likely-covered': { ...GOOD, word: 'Likely covered' },
  unclear: { ...UNSURE, word: 'Unclear' },
  'possible-conflict': { ...UNSURE, word: 'Possible conflict' },
  'no-evidence-found': { ...PLAIN, word: 'No evidence found' },
} as const;

/** Its terms stand in the answer, and no sentence was found that says it. */
const ONLY_NAMED = 'Named, and no sentence was found that says it';

const LONGEST_QUOTE = 400;

/** `text`: the answer that the evidence points into. `named`: the items whose terms stand in it. */
export function entryOf(evidence: Evidence, text: string, named: ReadonlySet<string> = new Set()): Entry {
  const { says } = evidence;
  const span = 'span' in evidence ? evidence.span : undefined;
  const written =
    span === undefined
      ? ''
      : text
          .slice(span.start, span.end)
          .trim()
          .replaceAll(/\s*\n\s*/g, ' ');
  const quote = written.length > LONGEST_QUOTE ? `${written.slice(0, LONGEST_QUOTE)}…` : written;
  const plain = { says, quote, details: [] };
  switch (evidence.kind) {
    case 'equation':
      return { ...plain, ...EQUATION[evidence.verdict], quote: asFormula(quote) };
    case 'quantity': {
      const { word, ...shown } = QUANTITY[evidence.verdict];
      const { expected, found, formula, latex, convention } = evidence;
      return {
        ...plain,
        ...shown,
        word: `${word}: ${evidence.asked}`,
        quote: asFormula(quote),
        details: [
          ...(evidence.verdict === 'correct'
            ? []
            : [`Expected ${expected}; found ${found === undefined ? 'nothing' : asFormula(found)}.`]),
          `Formula: ${latex === undefined ? formula : inOneLine(latex)}`,
          ...(convention === undefined ? [] : [`Counted ${convention}.`]),
        ],
      };
    }
    case 'misconception':
      return { ...plain, ...BAD, word: 'A known slip', details: evidence.explanations };
    case 'finding': {
      const { word, ...shown } = FINDING[evidence.severity];
      const line = evidence.place === undefined ? '' : `, line ${evidence.place.line}`;
      return {
        ...plain,
        ...shown,
        word: `${word}: ${evidence.check}${line}`,
        details: evidence.why === undefined ? [] : [evidence.why],
      };
    }
    case 'claim': {
      const { word, ...shown } = CLAIM[evidence.verdict];
      const { code } = evidence;
      return {
        ...plain,
        ...shown,
        word: `${word}: ${evidence.subject}`,
        details: code === undefined ? [] : [`Line ${code.line} of the given code: ${code.text}`],
      };
    }
    case 'suggestion': {
      const shown = SUGGESTION[evidence.verdict];
      const onlyNamed = evidence.verdict === 'no-evidence-found' && named.has(evidence.item);
      return { ...plain, ...shown, ...(onlyNamed && { word: ONLY_NAMED }) };
    }
    case 'caution':
      return { ...plain, ...UNSURE, word: 'Take care' };
    case 'execution':
      return {
        ...plain,
        ...PLAIN,
        word: 'Run',
        details: [
          `Run by ${evidence.backend} on ${evidence.device} with seed ${evidence.seed}.`,
          ...(evidence.losses === undefined ? [] : [`Loss: ${evidence.losses.map(shortly).join(' → ')}`]),
          ...(evidence.gradients ?? []).map(({ layer, size }) => `Gradient of ${layer}: ${shortly(size)}`),
          ...(evidence.notes ?? []),
        ],
      };
    case 'graph':
      return {
        ...plain,
        ...PLAIN,
        word: 'The network',
        details: evidence.steps.map(({ operation, name, from, shapes }, at) => {
          const sources =
            from.length === 1 && from[0] === at - 1 ? '' : from.map((step) => step + 1).join(', ');
          const given = shapes.map((shape) => shape.join(' × ')).join(' and ');
          return `${at + 1}  ${operation}${name === undefined ? '' : ` (${name})`}: ${given}${sources === '' ? '' : `, from ${sources}`}`;
        }),
      };
    case 'mention':
      return { ...plain, ...PLAIN, word: 'Mentioned' };
    case 'fact':
      return { ...plain, ...PLAIN, word: '' };
  }
}

const shortly = (value: number) => String(Number(value.toPrecision(4)));

/** A piece cut out of a formula is written in signs; anything else stays as it was written. */
function asFormula(written: string): string {
  return /[\\{}^]/.test(written) ? inOneLine(written.replaceAll('$', '')) : written;
}
