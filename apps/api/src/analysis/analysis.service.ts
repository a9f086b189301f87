import { Inject, Injectable } from '@nestjs/common';
import { analyseItems, type MarkPair, type Marks } from '@tensormark/marking';
import type { Exam, Records } from '@tensormark/records';
import { Veil } from '../exams/veil.js';
import { Names } from '../marking/names.js';
import { figuresOf, pairOf } from '../moderation/agreement.js';
import type { Figures } from '../moderation/agreement.contract.js';
import { RECORDS } from '../storage/tokens.js';
import { titleOfCheck } from './check-titles.js';
import type { ItemAnalysis } from './analysis.contract.js';

const FREQUENT_PER_PART = 5;

/** How the parts of an exam did as questions. */
@Injectable()
export class Analysis {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly veil: Veil,
    private readonly names: Names,
  ) {}

  async of(exam: Exam): Promise<ItemAnalysis> {
    const { markSums, markingExperience, secondMarks } = this.records;
    const [sums, frequent, agreement, pairs, markers] = await Promise.all([
      markSums.ofExam(exam.id),
      markingExperience.frequentFindings(exam.id, FREQUENT_PER_PART, this.veil.hidden(exam)),
      markingExperience.agreement(exam.id),
      secondMarks.pairs(exam.id),
      this.markers(exam.id),
    ]);
    const analysis = analyseItems(sums);
    const twice = pairs.map(pairOf);
    const { step } = this.veil.policy(exam);
    return {
      ...analysis,
      distribution: [...analysis.distribution],
      markers,
      parts: analysis.parts.map((each) => ({
        ...each,
        distribution: [...each.distribution],
        title: sums.titles.get(each.part) ?? '',
        frequent: frequent
          .filter(({ part }) => part === each.part)
          .map(({ kind, says, answers }) => ({
            kind,
            says: kind === 'finding' ? titleOfCheck(says) : says,
            answers,
          })),
        machine: agreement.find(({ part }) => part === each.part) ?? null,
        markers: markersOf(
          twice.filter(({ part }) => part === each.part),
          step,
        ),
      })),
    };
  }

  private async markers(examId: string): Promise<ItemAnalysis['markers']> {
    const shares = await this.records.markingExperience.markers(examId);
    const names = await this.names.of(shares.map(({ markerId }) => markerId));
    return shares.map(({ markerId, answers, lastAt }) => ({
      name: names.get(markerId) ?? '',
      answers,
      lastAt: lastAt.toISOString(),
    }));
  }
}

/** Where nobody was to mark it twice there is nothing to tell, rather than none of something. */
function markersOf(pairs: readonly MarkPair[], step: Marks): Figures | null {
  return pairs.length === 0 ? null : figuresOf(pairs, step);
}
