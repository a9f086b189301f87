import { withoutAsides } from './asides.js';
import { moodOf, type Mood } from './mood.js';

/** A piece of an answer small enough to hold one thought, with its place. `text` has the length of what it was cut from. */
export interface Clause {
  readonly text: string;
  readonly start: number;
  readonly sentence: string;
  readonly mood: Mood;
}

const MOST_CLAUSES = 400;
const LONGEST = 600;

/** Ends of sentences: a full stop only where no number, name or abbreviation goes on. */
const SENTENCE_END =
  /(?<!\b(?:e\.g|i\.e|etc|cf|approx|fig|vs|no))[.!?](?=\s|$)|;|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)/gi;

/** Where one thought of a sentence ends and another begins. */
const CLAUSE_BREAK =
  /,?\s+(?:but|however|whereas|while|because|since|although|though|so that|which|therefore|as well as the fact that|and (?=(?:then |also )?(?:there|it|the|its|this|that|each|no|self|fc\w*|conv\w*|uses?|has|have|does|is|are|will|would|may|might|could|can|should|must)\b)|and a(?=\s))\b|:\s|\s[–—-]\s|,\s+(?=(?:there|it|they|the (?:model|network|code|loss|learning|output|first|second|last|final)|so|conv\d|fc\d|self\.)\b)/gi;

/**
 * Cuts an answer into sentences and those into clauses. Code in fences is no prose and is left out.
 *
 * @param code what is spoken of: a design that it names is this one, any other is one beside it.
 */
export function clausesOf(answer: string, code = ''): Clause[] {
  const prose = plain(answer);
  const clauses: Clause[] = [];
  for (const [from, to] of cut(prose, 0, prose.length, SENTENCE_END, 'before')) {
    const sentence = prose.slice(from, to);
    if (sentence.trim() === '' || sentence.length > LONGEST * 3) continue;
    for (const [start, end] of cut(prose, from, to, CLAUSE_BREAK, 'after')) {
      const text = prose.slice(start, end);
      if (text.trim() === '' || text.length > LONGEST) continue;
      clauses.push({ text, start, sentence, mood: moodOf(text, sentence, code) });
      if (clauses.length === MOST_CLAUSES) return clauses;
    }
  }
  return clauses;
}

/** A clause by what it states alone, without what it sets that against, in the mood of that. */
export function stated(clause: Clause, code: string): Clause {
  const text = withoutAsides(clause.text);
  return text === clause.text ? clause : { ...clause, text, mood: moodOf(text, clause.sentence, code) };
}

/** The same length, with fences, quotation marks of code and emphasis blanked and typographic signs made plain. */
function plain(answer: string): string {
  return answer
    .replace(/^ {0,3}(```|~~~)[\s\S]*?^ {0,3}\1[^\n]*$/gm, (fence) => fence.replace(/[^\n]/g, ' '))
    .replace(/[`"“”]/g, ' ')
    .replace(/\*\*/g, '  ')
    .replace(/[’‘]/g, "'")
    .replace(/[×✕]/g, 'x')
    .replace(/[‐‑]/g, '-')
    .replace(/\u00a0/g, ' ')
    .replace(/(?<!\n)\n(?!\s*(?:\n|[-*•]|\d+[.)]\s))/g, ' ');
}

/** Cuts at each match; what matched belongs to the piece before it (a full stop) or after it ("but"). */
function* cut(
  text: string,
  from: number,
  to: number,
  at: RegExp,
  belongs: 'before' | 'after',
): Generator<[number, number]> {
  let start = from;
  for (const match of text.slice(from, to).matchAll(at)) {
    const end = from + match.index + (belongs === 'before' ? match[0].length : 0);
    if (end > start) yield [start, end];
    start = end;
  }
  if (to > start) yield [start, to];
}
