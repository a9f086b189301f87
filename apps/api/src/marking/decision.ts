import {
  awardOf,
  formatMarks,
  parseMarks,
  type PartScheme,
  type ProposedMark,
  type SchemeLine,
} from '@tensormark/marking';
import { Problem } from '../http/problem.js';
import type { ItemMarks, NewMark } from './marking.contract.js';

const NO_MARKS = 0n;

export interface Decision {
  readonly marks: string;
  readonly why: string;
  readonly items: readonly ItemMarks[] | undefined;
}

/** What a marker asks for, whatever they were looking at. */
export type Wanted = Omit<NewMark, 'expectedCurrent' | 'proposal'>;

/** What a marker's request comes to. Throws 422 for what contradicts itself or the scheme. */
export function decisionOf(asked: Wanted, scheme: PartScheme, proposal: ProposedMark | null): Decision {
  return asked.action === 'confirm' ? confirmed(asked, proposal) : changed(asked, scheme);
}

/** To confirm that no answer was given is to decide on 0 marks: a person does, the machine never. */
function confirmed(asked: Wanted, proposal: ProposedMark | null): Decision {
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

function changed(asked: Wanted, scheme: PartScheme): Decision {
  const { items, reason = '' } = asked;
  const sum = items === undefined ? undefined : awarded(items, scheme);
  if (sum !== undefined && asked.marks !== undefined && parseMarks(asked.marks) !== sum) {
    throw refused(
      `The items give ${formatMarks(sum)} marks together, and the mark says ${asked.marks}. Make them agree.`,
    );
  }
  const marks = asked.marks ?? (sum === undefined ? undefined : formatMarks(sum));
  if (marks === undefined) throw refused('A change needs "marks", "items" or both.');
  return { marks, why: reason === '' ? adjustmentsInWords(items, scheme) : reason, items };
}

function awarded(items: readonly ItemMarks[], scheme: PartScheme): bigint {
  const award = awardOf(
    scheme,
    items.map(({ item, marks }) => ({ item, marks: exact(marks) })),
  );
  if (award.kind === 'refused') throw refused(award.says);
  return award.marks;
}

/** What is given or taken beside the scheme says why by itself: its feedback, or what it is for. */
function adjustmentsInWords(items: readonly ItemMarks[] | undefined, { lines }: PartScheme): string {
  return (items ?? [])
    .flatMap(({ item, marks, feedback }) => {
      const line = lines.find(({ id, adjustment }) => adjustment && id === item);
      return line === undefined || exact(marks) === NO_MARKS ? [] : [feedback ?? wordsOf(line)];
    })
    .join(' ');
}

function wordsOf({ feedback, says }: SchemeLine): string {
  return feedback ?? (/[.!?]$/.test(says) ? says : `${says}.`);
}

function exact(marks: string): bigint {
  const parsed = parseMarks(marks);
  if (parsed === undefined) throw refused(`${JSON.stringify(marks)} are no marks.`);
  return parsed;
}

function refused(detail: string): Problem {
  return new Problem(422, detail, { name: 'mark-refused', title: 'This mark cannot be set' });
}
