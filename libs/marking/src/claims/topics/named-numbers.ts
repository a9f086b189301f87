import type { CodeFacts } from '../facts.js';
import { judged } from '../mood.js';
import { comparisonBefore, holdsOf, NUMBER, readNumber } from '../numbers.js';
import { claimAt, type Topic } from '../topic.js';

/** How words of a name are written out in prose. */
const WORDS: Readonly<Record<string, string>> = {
  dim: 'dim(?:ension(?:ality)?|s)?',
  size: '(?:size|dim(?:ension)?)',
  emb: 'embed(?:ding)?',
  embed: 'embed(?:ding)?',
  hid: 'hidden',
  vocab: 'vocab(?:ulary)?',
  lat: 'latent',
  z: '(?:latent|noise)',
  latent: String.raw`(?:latent|noise)(?: (?:space|vector|dim(?:ension)?s?|size|code))*`,
  noise: '(?:latent|noise)',
  seq: 'sequence',
  len: 'length',
  num: '',
  n: '',
  nb: '',
  in: 'input',
  out: 'output',
  ff: '(?:feed-?forward|ff)',
  heads: '(?:attention )?heads?',
  head: '(?:attention )?heads?',
  layers: 'layers?',
};
/** Names that other topics know better, or that say too little by themselves. */
const LEFT_OUT =
  /^(?:lr|learning_rate|batch_size|bs|epochs?|(?:num|n)_epochs?|stride|padding|kernel_size|p|dim|axis|bias|momentum|weight_decay|units|filters|[a-z])$/i;
const NEGATED = /\b(?:no|not|never|without|instead|rather|should|too|wrong|expects?)\b|n't\b/i;

const OF_A_PART =
  /\b(?:feed-?forward|encoder|decoder|head|attention|first|second|third|last|final|layers?|blocks?|each|every|per|query|queries|keys?|values?)\b/i;

/** Numbers that the code has under a name, said by the words of that name: "the latent dimension is 100". */
export const namedNumbers: Topic = {
  *read(clause, facts) {
    if (NEGATED.test(clause.text) || !/\d|\b(?:one|two|three|four|six|eight)\b/i.test(clause.text)) return;
    for (const { name, values, said } of namedIn(facts)) {
      const match = said.exec(clause.text);
      const stated = match === null ? undefined : readNumber(match[1] ?? match[2] ?? match[3] ?? '');
      if (match === null || stated === undefined) continue;
      const at = match.index + match[0].indexOf(match[1] ?? match[2] ?? match[3] ?? '');
      const how = comparisonBefore(clause.text.slice(0, at));
      const held = [...values.keys()].map((value) => holdsOf(stated, how, value));
      const holds = held.includes(true) ? true : values.size === 1 && held[0] === false ? false : undefined;
      const [first] = values;
      yield claimAt(
        clause,
        { start: match.index, end: match.index + match[0].length },
        'setting',
        // Another thing may go by the same words.
        judged(holds === false && isOfAnother(name, match, clause.text) ? undefined : holds, clause.mood),
        `In the code ${name} is ${[...values.keys()].join(' or ')}.`,
        { code: facts.quote(first?.[1]) },
      );
    }
  },
};

/** Whether the words may be for another number than the one that goes by that name. */
function isOfAnother(name: string, match: RegExpExecArray, text: string): boolean {
  // Heads are counted in no other way than by their number before them.
  if (name.endsWith('heads')) return /\b(?:each|every|per|first|second|last|encoder|decoder)\b/i.test(text);
  return (match[1] ?? match[3]) === undefined || OF_A_PART.test(text);
}

interface Named {
  readonly name: string;
  /** The values that the code gives it, with the line of each. */
  readonly values: ReadonlyMap<number, number>;
  /** How an answer says it, with the number in one of two groups. */
  readonly said: RegExp;
}

/** Asked for every clause of an answer, and the same for all. */
const NAMED = new WeakMap<CodeFacts, readonly Named[]>();

function namedIn(facts: CodeFacts): readonly Named[] {
  const known = NAMED.get(facts);
  if (known !== undefined) return known;
  const found = [...numbersIn(facts.text)].flatMap(([name, values]): Named[] => {
    const words = wordsOf(name);
    const [head, ...more] = name.split('_').filter((part) => part !== '');
    const owner = head === undefined ? '' : (WORDS[head] ?? head);
    if (words === undefined) return [];
    // "The latent vector has 64 entries": what a dimension is of.
    const having =
      more.length === 1 && /^(?:dim|size|len)$/.test(more[0] ?? '') && owner.length > 3
        ? String.raw`|\b${owner}\s+(?:vector|space|code|state|sequence)s?\s+(?:has|have|is|are|contains?|with|of)\s+(?:a (?:length|size|dimension) of\s+)?(${NUMBER})\b(?!\s+(?:layers?|words))`
        : '';
    const said = new RegExp(
      String.raw`\b${words}\s*(?:is|of|=|is set to|set to|was|:|equals)?\s*(${NUMBER})(?!\s*(?:x|\*|%)|\.\d)|\b(${NUMBER})[- ](?:dimensional )?${words}\b${having}`,
      'i',
    );
    return [{ name, values, said }];
  });
  NAMED.set(facts, found);
  return found;
}

/** `a, b = 1, 2` in pieces of one name each. */
function pieces(line: string): string {
  const match = /^\s*(\w+(?:\s*,\s*\w+)+)\s*=\s*([\d.e_-]+(?:\s*,\s*[\d.e_-]+)+)\s*$/.exec(line);
  if (match === null) return line;
  const [names, values] = [match[1], match[2]].map((text = '') => text.split(','));
  return (names ?? []).map((name, at) => `${name.trim()} = ${values?.[at]?.trim() ?? ''}`).join(' ; ');
}

/** Names that code gives a number, with the lines of it. */
function numbersIn(text: string): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const found = new Map<string, Map<number, number>>();
  text.split('\n').forEach((line, index) => {
    for (const match of pieces(line).matchAll(
      /(?<![\w.])([A-Za-z]\w*)\s*(?::\s*\w+\s*)?=(?!=)\s*(\d[\d_]*(?:\.\d+)?)(?![\w.*/+])/g,
    )) {
      const name = (match[1] ?? '').toLowerCase();
      const values = found.get(name) ?? new Map<number, number>();
      const value = Number((match[2] ?? '').replaceAll('_', ''));
      if (!values.has(value)) values.set(value, index + 1);
      found.set(name, values);
    }
  });
  return found;
}

const LENGTH = String.raw`(?:max_?len(?:gth)?|sequence_length|(?:maximum |sequence )?length|(?:padded|cut|truncated|limited|shortened)(?: or (?:padded|cut|truncated))?(?: (?:to|at|after))?(?: a length(?: of)?)?)`;

/** Names that are always said in other words. */
const NAMES: Readonly<Record<string, string>> = {
  d_model: '(?:d_model|(?:model|embedding) (?:dim(?:ension)?|size|width))',
  n_layers: '(?:n_layers|number of layers)',
  maxlen: LENGTH,
  max_len: LENGTH,
  max_length: LENGTH,
  sequence_length: LENGTH,
  gamma: '(?:gamma|discount(?: factor| rate)?)',
};

function wordsOf(name: string): string | undefined {
  const own = NAMES[name];
  if (own !== undefined) return own;
  const parts = name.split(/_+/).filter((part) => part !== '');
  if (LEFT_OUT.test(name) || (parts.length === 1 && name.length < 5)) return undefined;
  const words = parts.map((part) => WORDS[part] ?? part.replace(/[^\w]/g, '')).filter((word) => word !== '');
  return words.length === 0 || (words.length === 1 && parts.length > 1 && !/s\b|s\?/.test(words[0] ?? ''))
    ? undefined
    : words.join(String.raw`[\s_-]+(?:space |vector )?`);
}
