import { Inject, Injectable } from '@nestjs/common';
import { type MarkingPolicy, USUAL_POLICY } from '@tensormark/marking';
import { keptBack, type Exam, type MarkingItem, type Records, type Sampling } from '@tensormark/records';
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

  /** Throws 404. */
  async item(answerId: string): Promise<MarkingItem> {
    const item = await this.records.markingQueue.item(answerId);
    return keptBack(item, this.hidden(await this.known.find(item.examId)));
  }

  /** Throws 404. */
  async ofSubmission(submissionId: string): Promise<readonly MarkingItem[]> {
    const items = await this.records.markingQueue.ofSubmission(submissionId);
    const [first] = items;
    if (first === undefined) return items;
    const hidden = this.hidden(await this.known.find(first.examId));
    return items.map((item) => keptBack(item, hidden));
  }
}
