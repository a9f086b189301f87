import { clampMarks, formatMarks, parseMarks, sumMarks, type ProposedMark } from '@tensormark/marking';
import { Problem } from '../http/problem.js';
import type { ItemMarks, NewMark } from './marking.contract.js';

const NO_MARKS = 0n;

interface RubricLine {
  readonly id: string;
  readonly marks: string;
}

export interface Decision {
  readonly marks: string;
  readonly why: string;
  readonly items: readonly ItemMarks[] | undefined;
}

/** What a marker's request comes to. Throws 422 for what contradicts itself or the scheme. */
export function decisionOf(
  asked: NewMark,
  available: string,
  rubric: readonly RubricLine[],
  proposal: ProposedMark | null,
): Decision {
  return asked.action === 'confirm' ? confirmed(asked, proposal) : changed(asked, available, rubric);
}

/** To confirm that no answer was given is to decide on 0 marks: a person does, the machine never. */
function confirmed(asked: NewMark, proposal: ProposedMark | null): Decision {
  if (asked.items !== undefined)
    throw refused('To confirm takes the proposal as it is; to give items, use "change".');
  const marks = proposal?.outcome === 'absent' ? formatMarks(NO_MARKS) : proposal?.marks;
  if (proposal === null || marks === null || marks === undefined) {
    throw refused(
      'There is no proposed mark to confirm here. Decide on a mark yourself, with action "change".',
    );
  }
  if (asked.marks !== undefined && parseMarks(asked.marks) !== parseMarks(marks)) {
    throw refused(
      `What is proposed is ${marks} marks, not ${asked.marks}. To give other marks, use "change".`,
    );
  }
  const items = proposal.items.flatMap(({ item, proposed }) =>
    proposed === null ? [] : [{ item, marks: proposed }],
  );
  const why = asked.reason ?? (proposal.outcome === 'absent' ? 'No answer was given.' : '');
  return { marks, why, items: items.length > 0 ? items : undefined };
}

function changed(asked: NewMark, available: string, rubric: readonly RubricLine[]): Decision {
  const { items, reason } = asked;
  const sum = items === undefined ? undefined : sumOf(items, available, rubric);
  if (sum !== undefined && asked.marks !== undefined && parseMarks(asked.marks) !== sum) {
    throw refused(
      `The items give ${formatMarks(sum)} marks together, and the mark says ${asked.marks}. Make them agree.`,
    );
  }
  const marks = asked.marks ?? (sum === undefined ? undefined : formatMarks(sum));
  if (marks === undefined) throw refused('A change needs "marks", "items" or both.');
  return { marks, why: reason ?? '', items };
}

function sumOf(items: readonly ItemMarks[], available: string, rubric: readonly RubricLine[]): bigint {
  const seen = new Set<string>();
  const marks = items.map(({ item, marks }) => {
    const line = rubric.find(({ id }) => id === item);
    if (line === undefined) throw refused(`The scheme of this part has no item "${item}".`);
    if (seen.has(item)) throw refused(`The item "${item}" is there twice.`);
    seen.add(item);
    if (exact(marks) > exact(line.marks)) {
      throw refused(`The item "${item}" gives at most ${line.marks} marks, not ${marks}.`);
    }
    return exact(marks);
  });
  return clampMarks(sumMarks(marks), NO_MARKS, exact(available));
}

function exact(marks: string): bigint {
  const parsed = parseMarks(marks);
  if (parsed === undefined) throw refused(`${JSON.stringify(marks)} are no marks.`);
  return parsed;
}

function refused(detail: string): Problem {
  return new Problem(422, detail, { name: 'mark-refused', title: 'This mark cannot be set' });
}
