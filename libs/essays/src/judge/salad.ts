import {
  AUXILIARIES,
  CONJUNCTIONS,
  DETERMINERS,
  isFunctionWord,
  PREPOSITIONS,
  PRONOUNS,
} from '../text/function-words.js';
import type { Token } from '../text/tokens.js';

const FEW = 5;
/** So many words without any mark between them are no sentence. */
const RUN_ON = 40;

/** Words that would say something if they stood in a sentence: a list of terms, or words in no order. */
export function isSalad(prose: string, tokens: readonly Token[]): boolean {
  if (tokens.length < FEW) return false;
  const small = tokens.filter(({ word }) => isFunctionWord(word)).length / tokens.length;
  const commas = (prose.match(/[,;/|]/g)?.length ?? 0) / tokens.length;
  const repeated = 1 - new Set(tokens.map(({ stem }) => stem)).size / tokens.length;
  if (tokens.length >= 8 && repeated > 0.6) return true;
  if (doubled(tokens) >= 0.2) return true;
  if (small < 0.12 && !hasVerb(tokens)) return true;
  if (tokens.length >= 8 && glue(tokens) < 0.08) return true;
  if (longestChain(tokens) >= CHAIN || tokens.some((_, at) => isTiedTwice(tokens, at))) return true;
  if (commas > 0.5 || (commas > 0.3 && small < 0.2)) return true;
  if (tokens.length >= RUN_ON && !/[.,;:?!()–—-]/.test(prose.slice(0, -1))) return true;
  const clashes = clashesIn(tokens);
  return tokens.length >= 8 && clashes >= 2 && clashes >= 0.05 * tokens.length;
}

/** So many links of one word after the other make a chain: "training and units because random therefore …". */
const CHAIN = 5;
/** Verbs that stand between any two things. */
const LIKE_LINKS = /^(?:then|uses|makes|gives|needs|gets|means)$/;
const LINKS = [AUXILIARIES, CONJUNCTIONS, PREPOSITIONS];

const CAUSES = /^(?:because|since|therefore|hence|thus)$/;

/** "because added therefore": a single word is no clause. */
function isTiedTwice(tokens: readonly Token[], at: number): boolean {
  return CAUSES.test(tokens[at]?.word ?? '') && CAUSES.test(tokens[at + 2]?.word ?? '');
}

/** The most words in a row that are each tied to the next by one small word, and have no article. */
function longestChain(tokens: readonly Token[]): number {
  let longest = 0;
  let links = 0;
  let last: 'word' | 'link' | undefined;
  for (const { word } of tokens) {
    const isLink = LIKE_LINKS.test(word) || LINKS.some((words) => words.has(word));
    const kind = isLink ? 'link' : isFunctionWord(word) ? undefined : 'word';
    if (kind === undefined || kind === last) links = 0;
    else if (kind === 'link' && last === 'word') links += 1;
    longest = Math.max(longest, links);
    last = kind === 'link' && links === 0 ? undefined : kind;
  }
  return longest;
}

/** The share of words that stand right behind themselves. */
function doubled(tokens: readonly Token[]): number {
  return tokens.filter(({ word }, at) => tokens[at - 1]?.word === word).length / tokens.length;
}

/** The share of words that tie others together. */
function glue(tokens: readonly Token[]): number {
  const ties = [DETERMINERS, PREPOSITIONS, AUXILIARIES, CONJUNCTIONS, PRONOUNS];
  return tokens.filter(({ word }) => ties.some((words) => words.has(word))).length / tokens.length;
}

function hasVerb(tokens: readonly Token[]): boolean {
  return tokens.some(({ word }) => AUXILIARIES.has(word) || BARE.has(word) || /(?:[^s]s|ed)$/.test(word));
}

/** Verbs as they stand behind a plural. */
const BARE = new Set(
  'shrink vanish stop explode grow become go get make need use keep forget lose add help reduce increase decrease learn see look take give tell share pass move stay'.split(
    ' ',
  ),
);

/** Pairs of small words that do stand side by side. */
const FINE = new Set(
  'than or,out of,as in,up to,from within,such as,as to,of which,in which,for which,with which,to which,by which,on which,at which,through which,into which,and then,and so,and if,but if,and when,and which,and that,so that,if then,but when,and thus,and hence,and therefore,and because,but then,can be,will be,would be,should be,may be,might be,must be,could be,can have,will have,has been,have been,had been,is being,are being,to be,do have,does have,would have,could have,should have,not be,than in,than with,than for,than on,as with,as for,like in,as at,up in,so as,and whether,of whether,on whether,or if,or where,or when,or which,or who,or whether,but because,only because,that is,that are,that can,that will,that has,that have'.split(
    ',',
  ),
);
/** "it goes up and …", "again and again, over and over": they may belong to the verb before. */
const PARTICLES = /^(?:up|over|on|in|out|off|through|along|around|about|behind)$/;
const CLOSED: readonly (readonly [ReadonlySet<string>, readonly ReadonlySet<string>[]])[] = [
  [AUXILIARIES, [AUXILIARIES]],
  [PREPOSITIONS, [AUXILIARIES, PREPOSITIONS, CONJUNCTIONS]],
  [CONJUNCTIONS, [CONJUNCTIONS]],
];
/** A plural, that no "a" stands before: "a steps". */
const SEVERAL = /^(?!series$|means$|lens$|axis$|always$|whereas$)\p{L}{3,}[^aisu]s$/u;
const ARTICLES = new Set(['the', 'a', 'an']);
const NEVER_AFTER_ARTICLE = [PREPOSITIONS, AUXILIARIES, CONJUNCTIONS, PRONOUNS, DETERMINERS];

/** How often one small word stands where it cannot follow another: "the of", "with is", "a and". */
function clashesIn(tokens: readonly Token[]): number {
  let clashes = 0;
  tokens.forEach(({ word }, at) => {
    const next = tokens[at + 1]?.word;
    if (next === undefined) {
      if (ARTICLES.has(word)) clashes += 1;
      return;
    }
    if (FINE.has(`${word} ${next}`)) return;
    const afterArticle =
      ARTICLES.has(word) && next !== 'one' && NEVER_AFTER_ARTICLE.some((words) => words.has(next));
    const closed =
      !(PARTICLES.test(word) && CONJUNCTIONS.has(next)) &&
      CLOSED.some(([words, never]) => words.has(word) && never.some((others) => others.has(next)));
    const many = (word === 'a' || word === 'an') && SEVERAL.test(next);
    if (afterArticle || closed || many) clashes += 1;
  });
  return clashes;
}
