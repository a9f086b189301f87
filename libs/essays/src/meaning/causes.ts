import type { Conflict, Core } from './conflict.js';
import type { Reading } from './reading.js';

/** "x because y" against "y because x". */
export function exchangedCauses(statement: Reading, sentence: Reading, core: Core): Conflict[] {
  const mine = causeIn(statement, core);
  const theirs = causeIn(sentence, core);
  if (mine === undefined || theirs === undefined) return [];
  const shared = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
    [...one].filter((unit) => other.has(unit)).length;
  const kept = shared(mine.cause, theirs.cause) + shared(mine.effect, theirs.effect);
  const crossed = [shared(mine.cause, theirs.effect), shared(mine.effect, theirs.cause)];
  if (crossed.some((each) => each === 0) || crossed.reduce((a, b) => a + b, 0) <= kept + 1) return [];
  return [
    {
      kind: 'swapped',
      strength: 'weak',
      wanted: `${[...mine.cause].join(', ')} → ${[...mine.effect].join(', ')}`,
      found: `${[...theirs.cause].join(', ')} → ${[...theirs.effect].join(', ')}`,
    },
  ];
}

const BEFORE_CAUSE = new Set(['because', 'since']);
const BEFORE_EFFECT = new Set(['so', 'therefore', 'thus', 'hence', 'consequently']);

/** What is said to bring about what; undefined where a sentence does not say so, or more than once. */
function causeIn(
  { tokens, said }: Reading,
  core: Core,
): { cause: ReadonlySet<string>; effect: ReadonlySet<string> } | undefined {
  const cues = tokens.flatMap(({ word }, at) => {
    if (BEFORE_CAUSE.has(word)) return [{ at, causes: true }];
    if (BEFORE_EFFECT.has(word) && tokens[at + 1]?.word !== 'that') return [{ at, causes: false }];
    return [];
  });
  const [cue] = cues;
  if (cue === undefined || cues.length > 1) return undefined;
  const unitsIn = (from: number, to: number): ReadonlySet<string> =>
    new Set(said.flatMap(({ unit, at }) => (at >= from && at < to && core.has(unit) ? [unit] : [])));
  // "Because y, x" and "x because y".
  const split = cue.at === 0 ? said.find(({ clause }) => clause > (said[0]?.clause ?? 0))?.at : cue.at;
  if (split === undefined) return undefined;
  const before = unitsIn(0, split);
  const after = unitsIn(split, tokens.length);
  if (before.size === 0 || after.size === 0) return undefined;
  return cue.causes === (cue.at !== 0) ? { cause: after, effect: before } : { cause: before, effect: after };
}
