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
const STANDS_FOR =
  /^(?:it|its|they|them|their|this|these|those|both|which|that|one|each|either|neither|same)$/;

/** "B and C are in one path": capitals that stand for things by themselves. */
const LETTERS = /(?<![\p{L}\p{N}.'])[B-HJ-Z](?![\p{L}\p{N}.'’(])/gu;

/** Whether a statement tells things by letters alone, where a stretch names one of them not at all. */
export function leavesLetters(text: string, read: readonly Reading[]): boolean {
  const tokens = read.flatMap((reading) => reading.tokens);
  const letters = (text.match(LETTERS) ?? []).map((letter) => letter.toLowerCase());
  return (
    letters.some((letter) => !tokens.some(({ word }) => word === letter)) &&
    !tokens.some(({ word }) => STANDS_FOR.test(word))
  );
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
