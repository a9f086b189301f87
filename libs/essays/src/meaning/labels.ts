import type { Token } from '../text/tokens.js';
import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

/** One of several things that are told apart by a number or a letter: "terminal 2", "bulb A", "layer 1". */
export interface Label {
  readonly noun: string;
  readonly mark: string;
  /** As it stands there. */
  readonly words: string;
  /** Where the number or the letter stands among the tokens. */
  readonly at: number;
}

/** "i" is a word of its own, and so is "a" where a noun follows. */
const MARK = /^(?:\d{1,2}|[a-hj-z])$/;
/** What stands before a number or a letter and is no thing of which there are several: "holds 3", "equals 2", "layers 2 and 3". */
const NO_NOUN =
  /^(?:of|to|by|is|are|was|than|from|least|most|about|only|the|and|or|over|under|with|at|in|on|for|times|number|value|equals?|between|into|all|each|every|these|first|last|next|dimension|parameter|variable|vector|matrix|function|probability|input|output|weight|size|factor|rate|exactly|power|gets?|has|have|where|when|if|as|let|\p{L}+ed|\p{L}+[^s]s)$/u;

export function labelsIn({ tokens, said }: Reading): readonly Label[] {
  return tokens.flatMap((token, at): Label[] => {
    const noun = tokens[at - 1];
    if (noun === undefined || noun.value !== undefined || noun.word.length < 3 || NO_NOUN.test(noun.word))
      return [];
    if (!said.some(({ at: from, to }) => from <= at - 1 && at - 1 < to)) return [];
    if (!MARK.test(token.word) || !endsThere(tokens, at)) return [];
    return [{ noun: noun.stem, mark: markOf(token), words: `${noun.word} ${token.word}`, at }];
  });
}

/** "bulb A is lit", where an article or a count would have its noun behind it. */
function endsThere(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  const behind = tokens[at + 2];
  if (next === undefined) return true;
  return ENDS.test(next.word) && !(/^(?:and|or|to)$/.test(next.word) && behind?.value !== undefined);
}

const ENDS =
  /^(?:is|are|was|were|has|had|and|or|but|not|will|would|can|could|does|did|to|from|in|on|at|by|with|because|so|since|when|while|which|that|itself|still|also|cannot)$/;

function markOf({ word, value }: Token): string {
  return value === undefined ? word : String(value);
}

/** "terminal 1" where the statement has "terminal 2" and the sentence does not. */
export function otherLabels(statement: Reading, sentence: Reading): Conflict[] {
  const mine = labelsIn(statement);
  const theirs = labelsIn(sentence);
  return mine.flatMap(({ noun, mark, words }): Conflict[] => {
    const same = theirs.filter((each) => each.noun === noun);
    const other = same.find((each) => !mine.some((own) => own.noun === noun && own.mark === each.mark));
    if (other === undefined || same.some((each) => each.mark === mark)) return [];
    return [{ kind: 'counterpart', strength: 'weak', wanted: words, found: other.words }];
  });
}

/** What stands for a thing that was named before. */
const STANDS_FOR = /^(?:it|its|they|them|their|this|these|those|both|one|each|either|neither|same)$/;

/** Whether a statement tells things by letters alone, where a stretch names one of them not at all. */
export function leavesLetters(statement: Reading, text: string, read: readonly Reading[]): boolean {
  const capitals = new Set((text.match(CAPITALS) ?? []).map((letter) => letter.toLowerCase()));
  const mine = lettersIn(statement.tokens).filter(
    ({ letter, at }) => capitals.has(letter) && !isPremise(statement, at),
  );
  const named = new Set(read.flatMap(({ tokens }) => lettersIn(tokens).map(({ letter }) => letter)));
  const left = groupsOf(mine).filter(({ letters }) => letters.some((letter) => !named.has(letter)));
  const words = new Set(read.flatMap(({ tokens }) => tokens.map(({ word }) => word)));
  if (left.length === 0 || words.has('all')) return false;
  if (statement.tokens.some(({ word }) => word === 'same')) words.delete('same');
  // Beside a letter that is named, "both" and "the same" speak of that one.
  const stands = mine.some(({ letter }) => named.has(letter)) ? PRONOUN : STANDS_FOR;
  // "they" is one side of "A is in the path with B and C", not both.
  return (
    ![...words].some((word) => stands.test(word)) ||
    left.some((one) => left.some((other) => one !== other && areSides(statement, one, other)))
  );
}

const PRONOUN = /^(?:it|its|they|them|their)$/;

/** "B and C are in one path": capitals that stand for things by themselves. */
const CAPITALS = /(?<![\p{L}\p{N}.'])[A-HJ-Z](?![\p{L}\p{N}.'’(])/gu;
const LETTER = /^[a-hj-z]$/;
/** What stands behind "A" where it is no article. */
const BEHIND_A =
  /^(?:is|are|was|were|has|had|and|or|but|not|will|would|can|could|does|did|to|in|on|with|because|so|when|while|which|that|burns?|stays?|goes|went|creates?|affects?|still)$/;

interface Letter {
  readonly letter: string;
  readonly at: number;
}

function lettersIn(tokens: Reading['tokens']): readonly Letter[] {
  return tokens.flatMap(({ word }, at): Letter[] => {
    const next = tokens[at + 1]?.word;
    const letter = word.replace(/['’]s$/, '');
    const isLetter = word === 'a' ? next === undefined || BEHIND_A.test(next) : LETTER.test(letter);
    return isLetter ? [{ letter, at }] : [];
  });
}

interface Group {
  readonly letters: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** "A, B and C": letters with no more than a word and a noun between them. */
function groupsOf(letters: readonly Letter[]): readonly Group[] {
  const groups: Group[] = [];
  for (const { letter, at } of letters) {
    const last = groups.at(-1);
    if (last !== undefined && at - last.to <= BESIDE)
      groups[groups.length - 1] = { ...last, letters: [...last.letters, letter], to: at };
    else groups.push({ letters: [letter], from: at, to: at });
  }
  return groups;
}

const BESIDE = 3;

/** "If C burns out, …": who answers what then happens need not say it. */
function isPremise({ tokens, clauseOf }: Reading, at: number): boolean {
  return /^(?:if|when)$/.test(tokens[clauseOf.indexOf(clauseOf[at] ?? 0)]?.word ?? '');
}

function areSides({ clauseOf }: Reading, one: Group, other: Group): boolean {
  return clauseOf[one.from] === clauseOf[other.from];
}

/** Whether a statement speaks of one of several things, where a stretch names none of them and nothing that could stand for it. */
export function leavesUnlabelled(statement: Reading, read: readonly Reading[]): boolean {
  const tokens = read.flatMap((reading) => reading.tokens);
  const theirs = read.flatMap(labelsIn);
  return labelsIn(statement).some(
    ({ noun, mark }) =>
      !theirs.some((each) => each.mark === mark) &&
      !tokens.some(({ word }) => STANDS_FOR.test(word)) &&
      !tokens.some(
        ({ stem, word }, at) => stem === noun && (word.endsWith('s') || tokens[at - 1]?.word === 'the'),
      ) &&
      !tokens.some(({ word, value }) => (value === undefined ? word : String(value)) === mark),
  );
}
