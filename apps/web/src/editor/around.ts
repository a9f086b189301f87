/** An exam without what is in its other questions. */
export interface Around {
  readonly text: string;
  /** Where the position stands in it. */
  readonly position: number;
}

const QUESTIONS = /^questions:[ \t]*(?:#.*)?$/m;

/**
 * The exam with the question at a position as it is and nothing in the others, which keep their numbers: where a word
 * stands is found in it as in the whole, at the cost of one question.
 */
export function questionAround(text: string, position: number): Around {
  const found = listOfQuestions(text);
  if (found === null) return { text, position };
  const { indent, from, end } = found;
  const starts = [...text.slice(from, end).matchAll(new RegExp(`^${indent}-(?=\\s|$)`, 'gm'))].map(
    ({ index }) => from + index,
  );
  const pieces = [text.slice(0, starts[0] ?? end)];
  let moved = position;
  for (const [at, start] of starts.entries()) {
    const stop = starts[at + 1] ?? end;
    // A position at the very end may still be in the last: a line that is begun belongs to what stands above it.
    const holds = position >= start && (position < stop || (stop === end && position === stop));
    const piece = holds ? text.slice(start, stop) : `${indent}- 0\n`;
    pieces.push(piece);
    if (position >= stop && !holds) moved += piece.length - (stop - start);
  }
  pieces.push(text.slice(end));
  return { text: pieces.join(''), position: moved };
}

export interface ListOfQuestions {
  /** What stands before each dash. */
  readonly indent: string;
  /** Behind the line that begins the list. */
  readonly from: number;
  /** Where what follows the list begins. */
  readonly end: number;
}

/** Where the questions of an exam stand, one below the other; null where they do not. */
export function listOfQuestions(text: string): ListOfQuestions | null {
  const head = QUESTIONS.exec(text);
  if (head === null) return null;
  const from = head.index + head[0].length;
  const indent = /\n( *)-(?=\s|$)/.exec(text.slice(from, from + LONGEST_GAP))?.[1];
  return indent === undefined ? null : { indent, from, end: endOf(text, from, indent) };
}

/** Comments may stand before the first question. */
const LONGEST_GAP = 4000;

/** Where a list that is indented so ends: at the first line that is indented less, or of a top key. */
function endOf(text: string, from: number, indent: string): number {
  const beyond = indent === '' ? /^[^\s#-]/gm : new RegExp(`^ {0,${indent.length - 1}}[^\\s#]`, 'gm');
  beyond.lastIndex = from;
  return beyond.exec(text)?.index ?? text.length;
}
