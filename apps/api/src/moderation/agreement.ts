import { Inject, Injectable } from '@nestjs/common';
import { agreementOf, ENOUGH_PAIRS, formatMarks, type MarkPair, type Marks } from '@tensormark/marking';
import { type Exam, type ExamPart, type MarkersPair, type Records, thousandths } from '@tensormark/records';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { RECORDS } from '../storage/tokens.js';
import type { AgreementView, Figures } from './agreement.contract.js';

const WHOLE = 10_000;

/** How far machine and people agree, where people decided without the machine's proposal. */
@Injectable()
export class AgreementFigures {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly veil: Veil,
  ) {}

  async of(name: string): Promise<AgreementView> {
    const exam = await this.known.find(name);
    const { step } = this.veil.policy(exam);
    const twice = await this.records.secondMarks.pairs(exam.id);
    return {
      enough: ENOUGH_PAIRS,
      step: formatMarks(step),
      machine: await this.machine(exam, step),
      markers: figuresByPart(exam.current.parts, twice.map(pairOf), step),
    };
  }

  private async machine(exam: Exam, step: Marks): Promise<AgreementView['machine']> {
    const hidden = this.veil.hidden(exam);
    const waiting = hidden === null ? [] : await this.records.markingExperience.stillHidden(exam.id, hidden);
    const decisions = await this.records.markingExperience.blindDecisions(exam.id);
    const pairs = decisions.flatMap(({ part, machine, person }) =>
      machine === null ? [] : [{ part, one: marksIn(machine), other: marksIn(person) }],
    );
    return {
      share: (hidden?.share ?? 0) / WHOLE,
      waiting: waiting.length,
      unknown: decisions.length - pairs.length,
      ...figuresByPart(exam.current.parts, pairs, step),
    };
  }
}

/** Kappa is a figure of single parts: over several, that parts differ in what they give would pass for agreement. */
export function figuresByPart(
  examParts: readonly Pick<ExamPart, 'part' | 'title'>[],
  pairs: readonly (MarkPair & { readonly part: string })[],
  step: Marks,
): { overall: Figures; parts: (Figures & { part: string; title: string })[] } {
  return {
    overall: { ...figuresOf(pairs, step), kappa: null },
    parts: examParts.map(({ part, title }) => ({
      part,
      title,
      ...figuresOf(
        pairs.filter((pair) => pair.part === part),
        step,
      ),
    })),
  };
}

export function figuresOf(pairs: readonly MarkPair[], step: Marks): Figures {
  const agreement = pairs.length < ENOUGH_PAIRS ? null : agreementOf(pairs, step);
  return {
    pairs: pairs.length,
    exact: agreement?.exact ?? null,
    withinOneStep: agreement?.withinOneStep ?? null,
    meanDifference: agreement?.meanDifference ?? null,
    kappa: agreement?.kappa ?? null,
  };
}

export function pairOf({ part, first, second }: MarkersPair): MarkPair & { readonly part: string } {
  return { part, one: marksIn(first), other: marksIn(second) };
}

/** Out of the records, where marks have at most three places. */
export function marksIn(decimal: string): Marks {
  const marks = thousandths(decimal);
  if (marks === null) throw new Error(`${decimal} is no mark`);
  return marks;
}
