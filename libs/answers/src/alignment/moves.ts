import type { OutlineMap, OutlineNode } from './nodes.js';
import type { Move } from './readings.js';

const MISSED_PART = 1.1;
const MOST_FOR_MISSED = 3.3;
const UNANSWERED_TAIL = 0.4;
const MOST_FOR_TAIL = 1.6;
const NO_HEADINGS = 5;
const IMPLIED_QUESTION = 4;
const IMPLIED_FIRST_QUESTION = 1.5;
const REPEATED = 4;
const REPEATED_QUESTION = 2.5;
const BACKWARDS = 3.5;
const BACK_IN_QUESTION = 4.5;
const NEVER = Infinity;

/** What it costs, in log-odds, to go from one place in the outline to another by a heading of this kind. */
export function moveCost(map: OutlineMap, from: number, to: number, move: Move): number {
  const [before, after] = [map.nodes[from], map.nodes[to]];
  if (before === undefined || after === undefined) throw new RangeError(`no node ${from} or ${to}`);
  if (after.kind === 'start') return NEVER;
  if (after.kind === 'extra-question') return before.kind === 'extra-question' ? 0.5 : 0.8;
  if (before.kind === 'extra-question') return move === 'full' ? 1 : move === 'continued' ? 2 : 6;
  const implied = move === 'full' ? 0 : impliedQuestion(map, before, after);
  if (after.kind === 'extra-part') return questionOf(before) === after.question ? 0.4 : 3 + implied;
  const done = leavesDone(before);
  const first = after.kind === 'leaf' ? after.leaf : after.firstLeaf;
  if (first >= done && from !== to) return implied + Math.min(MOST_FOR_MISSED, MISSED_PART * (first - done));
  if (move === 'continued') return 0.4;
  if (from === to) return REPEATED;
  const sameQuestion = questionOf(before) === questionOf(after);
  if (sameQuestion && after.kind === 'question') return REPEATED_QUESTION;
  if (move === 'full') return BACKWARDS;
  return sameQuestion ? BACK_IN_QUESTION : NEVER;
}

/** What it costs to end the document here. */
export function endCost(map: OutlineMap, at: number): number {
  const node = map.nodes[at];
  if (node === undefined) throw new RangeError(`no node ${at}`);
  if (node.kind === 'start') return map.leaves.length > 1 ? NO_HEADINGS : 0.5;
  if (node.kind === 'extra-question') return 0.5;
  return Math.min(MOST_FOR_TAIL, UNANSWERED_TAIL * (map.leaves.length - leavesDone(node)));
}

/** A part named without its question, where that question's heading has not been seen. */
function impliedQuestion(map: OutlineMap, before: OutlineNode, after: OutlineNode): number {
  if (questionOf(before) === questionOf(after) || questionOf(after) === undefined) return 0;
  if (after.kind === 'leaf' && map.questions[after.question]?.parts.length === 0) return 0;
  if (map.questions.length === 1) return 0;
  return before.kind === 'start' && questionOf(after) === 0 ? IMPLIED_FIRST_QUESTION : IMPLIED_QUESTION;
}

function questionOf(node: OutlineNode): number | undefined {
  return node.kind === 'start' || node.kind === 'extra-question' ? undefined : node.question;
}

/** How many parts of the outline lie behind. */
function leavesDone(node: OutlineNode): number {
  switch (node.kind) {
    case 'start':
    case 'extra-question':
      return 0;
    case 'question':
      return node.firstLeaf;
    case 'leaf':
      return node.leaf + 1;
    case 'extra-part':
      return node.afterLeaf;
  }
}
