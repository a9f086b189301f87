import type { Said } from '../meaning/reading.js';
import { DETERMINERS, PREPOSITIONS } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';

/** What stands on each side of an "or", as places among what is wanted. */
export type Sides = readonly (readonly number[])[];

const LEADS_ON = /^(?:gets?|by|in|at|to|on|is|are|becomes?|the|a|an)$/;
/** "removing tumours or scars": what heads both sides belongs to neither. */
const HEADS = /ing$|[^s]s$|ed$|^(?:be|do|have|use|make|need|help|give|get|let|allow|cause)$/;
/** "several neurons or connections use the same weights": what is said of either side. */
const SAYS_OF_BOTH =
  /ed$|^(?:be|do|have|use|make|need|help|give|get|let|allow|cause|share|see|take|keep|receive|send|grow|become|change)$/;
/** "such as": a list of examples begins. */
const EXAMPLES = /^(?:as|like|including|eg|example|instance)$/;
const FAR = 14;

/**
 * "1 or 2", "larger learning rates or a smoother optimisation", "such as little data, vanishing gradients or compute": what stands
 * before and behind an "or", and what commas part in a list of examples or before ", or". Any of them says it.
 */
export function eitherOf(wanted: readonly Said[], tokens: readonly Token[], text: string): readonly Sides[] {
  const read: Read = { wanted, tokens, text };
  return tokens.flatMap(({ word }, at): Sides[] => {
    if (word !== 'or') return [];
    const one = wanted.findIndex(({ to }) => to === at);
    const behind = tokens.slice(at + 1, at + 4).findIndex((each) => !LEADS_ON.test(each.word));
    const other = wanted.findIndex((each) => each.at === at + 1 + behind);
    if (one === -1 || other === -1) return [];
    const isList = hasComma(read, at - 1) || tokens.slice(Math.max(0, at - FAR), at).some(isExample);
    const before = sideBefore(read, one, isList);
    return [
      [...(isList ? listedBefore(read, before[0] ?? one) : []), before, sideBehind(read, other, isList)],
    ];
  });
}

interface Read {
  readonly wanted: readonly Said[];
  readonly tokens: readonly Token[];
  readonly text: string;
}

function isExample({ word }: Token): boolean {
  return EXAMPLES.test(word);
}

/** Whether a comma stands right behind a token. */
function hasComma({ tokens, text }: Read, at: number): boolean {
  return text.slice(tokens[at]?.end ?? 0, tokens[at + 1]?.start ?? 0).includes(',');
}

/** The sides that commas part from the one that begins with a place, first to last. */
function listedBefore(read: Read, first: number): Sides {
  const { wanted, tokens } = read;
  const before = wanted[first - 1];
  const here = wanted[first];
  if (before === undefined || here === undefined) return [];
  const between = tokens.slice(before.to, here.at);
  if (!hasComma(read, before.to - 1) || !between.every(({ word }) => DETERMINERS.has(word))) return [];
  const side = sideBefore(read, first - 1, true);
  return [...listedBefore(read, side[0] ?? first - 1), side];
}

/** The words right before the last one of a side, up to what heads both, or to the comma before it. */
function sideBefore(read: Read, last: number, isListed: boolean): readonly number[] {
  const { wanted, tokens } = read;
  const side = [last];
  for (let index = last - 1; index >= 0; index--) {
    const each = wanted[index];
    const next = wanted[index + 1];
    if (each === undefined || next === undefined || each.negated || !isBeside(read, each, next, isListed))
      break;
    if (!isListed && HEADS.test(tokens[each.to - 1]?.word ?? '')) break;
    side.unshift(index);
  }
  return side;
}

/** The words right behind the first one of a side. */
function sideBehind(read: Read, first: number, isListed: boolean): readonly number[] {
  const { wanted, tokens } = read;
  const side = [first];
  for (let index = first + 1; index < wanted.length; index++) {
    const before = wanted[index - 1];
    const each = wanted[index];
    if (before === undefined || each === undefined || !isBeside(read, before, each, isListed)) break;
    if (SAYS_OF_BOTH.test(tokens[each.at]?.word ?? '')) break;
    side.push(index);
  }
  return side;
}

/** Whether two words stand side by side; in a list, with nothing between but what ties them: "overfitting on little data". */
function isBeside(read: Read, one: Said, other: Said, isListed: boolean): boolean {
  if (one.to === other.at) return !hasComma(read, one.to - 1);
  if (!isListed) return false;
  const between = read.tokens.slice(one.to, other.at);
  return between.every(
    (token, at) =>
      (DETERMINERS.has(token.word) || PREPOSITIONS.has(token.word)) &&
      !isExample(token) &&
      !hasComma(read, one.to - 1 + at),
  );
}
