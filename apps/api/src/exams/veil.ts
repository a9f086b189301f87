import { Inject, Injectable } from '@nestjs/common';
import { formatMarks, type MarkingPolicy, secondMarkingOf, USUAL_POLICY } from '@tensormark/marking';
import {
  isSampled,
  keptBack,
  type Exam,
  type MarkingItem,
  type Records,
  type Sampling,
  type SecondMarkingOrder,
} from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { RECORDS } from '../storage/tokens.js';
import { KnownExams } from './known-exams.js';

/**
 * Keeps back what whoever marks must not see yet. Everything that is shown to markers and examiners of answers comes
 * through here, so that what is kept back never leaves the server.
 */
@Injectable()
export class Veil {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
  ) {}

  policy(exam: Exam): MarkingPolicy {
    return this.known.read(exam.current).definition.marking ?? USUAL_POLICY;
  }

  /** Of which answers the machine's proposal is kept back until a person has decided; null where none is. */
  hidden(exam: Exam): Sampling | null {
    const { hiddenProposals, seed } = this.policy(exam);
    return hiddenProposals === 0 ? null : { seed: seed ?? exam.slug, share: hiddenProposals };
  }

  /** By what rules somebody else is to mark this answer too; null where nobody is. */
  secondMarking(exam: Exam, part: string, answerId: string): SecondMarkingOrder | null {
    const policy = this.policy(exam);
    const ordered = secondMarkingOf(policy, part);
    // Apart from the sample whose proposals are kept back, so that the two do not fall together.
    const seed = `${policy.seed ?? exam.slug} second marking`;
    if (ordered === null || !isSampled({ seed, share: ordered.share }, answerId)) return null;
    const { tolerance, agreed, step } = ordered;
    return { tolerance: formatMarks(tolerance), agreed, step: formatMarks(step) };
  }

  /** Throws 404. */
  async item(answerId: string, person: Person): Promise<SeenItem> {
    const item = await this.records.markingQueue.item(answerId);
    return seenBy(item, this.hidden(await this.known.find(item.examId)), person);
  }

  /** Throws 404. */
  async ofSubmission(submissionId: string, person: Person): Promise<readonly SeenItem[]> {
    const items = await this.records.markingQueue.ofSubmission(submissionId);
    const [first] = items;
    if (first === undefined) return [];
    const hidden = this.hidden(await this.known.find(first.examId));
    return items.map((item) => seenBy(item, hidden, person));
  }
}

/** An answer with what somebody may see of it. */
export interface SeenItem extends MarkingItem {
  /** Somebody else has marked it, and this person is to mark it without seeing that: no mark is in the item. */
  readonly blind: boolean;
}

export function seenBy(item: MarkingItem, hidden: Sampling | null, person: Person): SeenItem {
  const { secondMarking: twice } = item;
  const blind = twice !== null && twice.second === null && !twice.knowing.has(person.id);
  const unmarked = blind ? { ...item, mark: null, basis: null, secondMarking: null } : item;
  return { ...keptBack(unmarked, hidden), blind };
}
