import { judged } from '../mood.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

/** `shuffle=False`, `dim = 1`: an argument as code writes it. */
const WRITTEN =
  /(?<![\w.])([a-z_]\w*)\s*=\s*(True|False|None|'[\w-]+'|-?\d+(?:\.\d+)?(?:e-?\d+)?)(?![\w.])/gi;
const NEGATED =
  /\b(?:no|not|never|without|instead|rather|default|missing|lacks?|forg\w+|than|from|to|wrong|expects?)\b|n't\b/i;

/** Arguments that an answer writes as the code would. */
export const asWritten: Topic = {
  *read(clause, facts) {
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
