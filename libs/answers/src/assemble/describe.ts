import type { Decision } from '../alignment/align.js';
import type { OutlineMap } from '../alignment/nodes.js';
import type { Reading } from '../alignment/readings.js';
import type { Line } from '../lines/lines.js';
import type { Note, Reason, Span } from '../split.js';

/** Puts decisions into words: what a line was taken for and, where that is in doubt, what else it could be. */
export interface Describer {
  reasons(decision: Decision): readonly Reason[];
  /** The note on a decision in doubt, if it is. */
  note(decision: Decision): Note | undefined;
}

/** A rival reading less likely than this is not worth a person's time. */
const WORTH_SAYING = 0.1;

export function describer(text: string, lines: readonly Line[], map: OutlineMap): Describer {
  const quote = ({ candidate }: Decision): string => {
    const end = Math.min(lines[candidate.line]?.textEnd ?? candidate.labelEnd, candidate.start + 60);
    return text.slice(candidate.start, end).trim().replace(/\s+/g, ' ');
  };
  const called = (reading: Reading | undefined): string => {
    if (reading === undefined) return 'ordinary text, such as a numbered step';
    const node = map.nodes[reading.node];
    switch (node?.kind) {
      case 'leaf':
        return `the heading of ${node.key}`;
      case 'question':
        return `the heading of ${map.questions[node.question]?.called ?? 'a question'}`;
      case 'extra-part':
        return `a part that ${map.questions[node.question]?.called ?? 'the question'} does not have`;
      default:
        return 'a question that this exam does not have';
    }
  };
  const says = (decision: Decision): string => {
    const { rival, taken, chance } = decision;
    const first = `“${quote(decision)}” was taken for ${called(taken)}`;
    if (rival.chance < WORTH_SAYING) return `${first}.`;
    return `${first} (${percent(chance)}); it could also be ${called(rival.reading)} (${percent(rival.chance)}).`;
  };
  return {
    reasons: (decision) => [{ span: spanOf(decision), says: says(decision) }],
    note: (decision) => {
      if (decision.rival.chance < WORTH_SAYING) return undefined;
      const stepOrPart = decision.taken === undefined || decision.rival.reading === undefined;
      const passedOver = decision.taken === undefined ? decision.rival.reading : undefined;
      const node = passedOver && map.nodes[passedOver.node];
      return {
        kind: stepOrPart ? 'step-or-part' : 'close-reading',
        span: spanOf(decision),
        says: says(decision),
        ...(node?.kind === 'leaf' && { mayHead: node.key }),
      };
    },
  };
}

function percent(chance: number): string {
  return `${Math.round(100 * chance)} %`;
}

function spanOf({ candidate }: Decision): Span {
  return { start: candidate.start, end: candidate.labelEnd };
}
