import type { Claim } from '../claim.js';
import type { Clause } from '../clauses.js';
import { lineWith, type CodeFacts } from '../facts.js';
import { judged } from '../mood.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

/** `shuffle=False`, `dim = 1`: an argument as code writes it. */
const WRITTEN =
  /(?<![\w.])([a-z_]\w*)\s*=\s*(True|False|None|'[\w-]+'|-?\d+(?:\.\d+)?(?:e-?\d+)?)(?![\w.])/gi;
const NEGATED =
  /\b(?:no|not|never|without|instead|rather|default|missing|lacks?|forg\w+|than|from|to|wrong|expects?)\b|n't\b/i;

/** `restore_best_weights is not set`: an argument that is left out, or given, without its value. */
const ARGUMENT = String.raw`([a-z]+(?:_[a-z]+)+)(?!\w|\()(?:\s+(?:argument|parameter|option|flag))?`;
const SET = String.raw`(?:is|was|are)\s+(?:also |never |not )*(?:set|given|passed|specified|provided|used)\b(?!\s+(?:to|as)\b)`;
const LEFT_OUT = [
  new RegExp(
    String.raw`\b${ARGUMENT}\s+(?:(?:is|was)(?: missing| absent| left out| omitted)|${SET.replace('(?:also |never |not )*', '(?:not|never) ')})`,
    'i',
  ),
  new RegExp(String.raw`\b(?:without(?: (?:setting|passing|an?))?|missing|no)\s+${ARGUMENT}`, 'i'),
];
const GIVEN = new RegExp(String.raw`\b${ARGUMENT}\s+${SET.replace('|never |not ', '')}`, 'i');

/** Arguments that an answer writes as the code would. */
export const asWritten: Topic = {
  *read(clause, facts) {
    yield* ofArguments(clause, facts);
    if (NEGATED.test(clause.text)) return;
    for (const match of clause.text.matchAll(WRITTEN)) {
      const [, name = '', value = ''] = match;
      const given = valuesOf(name, facts.text);
      if (given.length === 0) continue;
      const same = given.filter(({ text }) => isSame(text, value));
      const holds = same.length > 0 ? true : given.every(({ isPlain }) => isPlain) ? false : undefined;
      const line = (same[0] ?? given[0])?.line;
      const values = [...new Set(given.map(({ text }) => text))].slice(0, 4).join(' or ');
      yield claimAt(
        clause,
        rangeOf(match),
        'setting',
        judged(holds, clause.mood),
        `In the code ${name} is ${values}.`,
        {
          code: facts.quote(line),
        },
      );
    }
  },
};

/** Arguments by their names alone: what the code never names is not given, and what it does is no proof of its value. */
function* ofArguments(clause: Clause, { text, program, quote }: CodeFacts): Generator<Claim> {
  if (program === undefined || /\*\*/.test(text)) return;
  const absent = LEFT_OUT.map((pattern) => pattern.exec(clause.text)).find((match) => match !== null);
  const match = absent ?? (NEGATED.test(clause.text) ? null : GIVEN.exec(clause.text));
  if (match === null) return;
  const name = match[1] ?? '';
  const line = lineWith(text, new RegExp(String.raw`\b${name}\s*=`, 'i'));
  const isNamed = line !== undefined || new RegExp(String.raw`\b${name}\b`, 'i').test(text);
  const isPlain = line === undefined || !/=\s*(?:False|None|0)\b/.test(text.split('\n')[line - 1] ?? '');
  const holds =
    absent !== undefined
      ? isNamed
        ? line !== undefined && isPlain
          ? false
          : undefined
        : true
      : line !== undefined && isPlain
        ? true
        : undefined;
  yield claimAt(
    clause,
    rangeOf(match),
    'setting',
    judged(holds, clause.mood),
    line === undefined ? `The code does not name ${name}.` : `The code sets ${name}.`,
    { code: quote(line) },
  );
}

interface Given {
  readonly text: string;
  readonly line: number;
  /** Whether it is a number or word by itself. */
  readonly isPlain: boolean;
}

function valuesOf(name: string, text: string): Given[] {
  const pattern = new RegExp(String.raw`(?<![\w.])${name}\s*=(?!=)\s*([^,()\n]+(?:\([^()]*\))?)`, 'g');
  return [...text.matchAll(pattern)].map((match) => {
    const value = (match[1] ?? '').trim();
    return {
      text: value,
      line: text.slice(0, match.index).split('\n').length,
      isPlain: /^(?:True|False|None|'[\w-]+'|"[\w-]+"|-?\d[\d_]*(?:\.\d+)?(?:e-?\d+)?)$/.test(value),
    };
  });
}

function isSame(written: string, said: string): boolean {
  const plain = (text: string): string => text.replace(/['"_]/g, '').toLowerCase();
  const [a, b] = [Number(plain(written)), Number(plain(said))];
  return plain(written) === plain(said) || (Number.isFinite(a) && a === b);
}
