import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

const KEEPS = /^(?:keep|prevent|stop|hinder|protect|prohibit)(?:s|ped|ping|ed|ing)?$|^kept$/;
const KEEP = /^ke(?:ep|pt)/;
const LETS = /^(?:let|allow|permit|enable|caus|mak|forc|encourag)(?:e|es|s|ed|ing|ting)?$|^made$/;
/** What may be done, and what has to be there. */
const ALLOWS = /^(?:let|allow|permit|enabl)(?:e|es|s|ed|ing|ting)?$/;
const NEEDS = /^(?:need|requir|demand)(?:e|es|s|ed|ing)?$/;
const REACH = 7;
const ALIKE = 5;

/** "keeps the sender from overrunning" against "lets the sender overrun", "allows larger steps" against "needs larger steps". */
export function permitsWhatIsKept(statement: Reading, sentence: Reading): Conflict[] {
  return [
    ...exchanged(statement, KEEPS, sentence, LETS, 'strong'),
    ...exchanged(statement, LETS, sentence, KEEPS, 'weak'),
    ...exchanged(statement, ALLOWS, sentence, NEEDS, 'weak'),
    ...exchanged(statement, NEEDS, sentence, ALLOWS, 'weak'),
  ];
}

function exchanged(
  statement: Reading,
  mine: RegExp,
  sentence: Reading,
  theirs: RegExp,
  strength: Conflict['strength'],
): Conflict[] {
  const found = doneAfter(sentence, theirs);
  const kept = doneAfter(sentence, mine);
  return doneAfter(statement, mine).flatMap(({ verb, done, is }): Conflict[] => {
    const other = found.find((each) => each.is === is && isAlike(each.done, done));
    if (other === undefined || kept.some((each) => isAlike(each.done, done))) return [];
    return [
      { kind: 'opposite', strength, wanted: `${verb} … ${done}`, found: `${other.verb} … ${other.done}` },
    ];
  });
}

interface Done {
  readonly verb: string;
  /** What is hindered or permitted, by its stem. */
  readonly done: string;
  /** Whether the verb is affirmed. */
  readonly is: boolean;
}

/** "keeps … from overrunning", "prevents overfitting", "lets … overrun". */
function doneAfter({ tokens, clauseOf, denied }: Reading, verbs: RegExp): Done[] {
  return tokens.flatMap(({ word }, at): Done[] => {
    // "may need to wrap around" needs nothing.
    if (!verbs.test(word) || (NEEDS.test(word) && tokens[at + 1]?.word === 'to')) return [];
    // "keeps the training stable" prevents nothing.
    if (KEEP.test(word) && !tokens.slice(at + 1, at + REACH).some((each) => each.word === 'from')) return [];
    const is = !denied.some((each) => each.at === at);
    return tokens
      .slice(at + 1, at + 1 + REACH)
      .filter((each, index) => clauseOf[at + 1 + index] === clauseOf[at] && each.stem.length >= ALIKE)
      .map(({ stem }) => ({ verb: word, done: stem, is }));
  });
}

function isAlike(one: string, other: string): boolean {
  return one === other || one.slice(0, ALIKE + 1) === other.slice(0, ALIKE + 1);
}
