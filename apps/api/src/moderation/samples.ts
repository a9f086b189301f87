import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { formatMarks, type Marks, sampleOf } from '@tensormark/marking';
import type {
  Exam,
  ModerationSample,
  Records,
  SampleCandidate,
  SampledMark,
  SampleOutcome,
} from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { notFound } from '../http/problem.js';
import { Names } from '../marking/names.js';
import { RECORDS } from '../storage/tokens.js';
import { figuresOf, marksIn } from './agreement.js';
import type { ModerationSampleView, NewModerationSample, SampleDecision } from './samples.contract.js';

/** A paper this close to a boundary, as a share of all marks, may be one grade or the other by one answer. */
const CLOSE_PERCENT = 2n;

/** Samples of marks that others give too without seeing them, and what comes of them for each marker. */
@Injectable()
export class Samples {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly veil: Veil,
    private readonly names: Names,
  ) {}

  async list(name: string, person: Person): Promise<ModerationSampleView[]> {
    const exam = await this.known.find(name);
    const samples = await this.records.moderationSamples.ofExam(exam.id);
    return Promise.all(samples.map((sample) => this.view(exam, sample, person)));
  }

  async take(
    name: string,
    { size, tolerance, seed = randomBytes(6).toString('hex') }: NewModerationSample,
    person: Person,
  ): Promise<ModerationSampleView> {
    const exam = await this.known.find(name);
    const chance = (id: string) => createHash('sha256').update(`${seed} ${id}`).digest('hex');
    const candidates = await this.records.moderationSamples.candidates(exam.id);
    const standing = this.standing(exam);
    const chosen = [...byKey(candidates, ({ markerId }) => markerId).values()].flatMap((theirs) =>
      // By the answer: it is the same for as long as it is marked by the same person.
      sampleOf(
        theirs.map((each) => ({
          id: each.answerId,
          marks: marksIn(each.marks),
          available: marksIn(each.available),
          ...standing(each),
        })),
        countIn(size, theirs.length),
        chance,
      ).flatMap(({ id, as }) => {
        const found = theirs.find(({ answerId }) => answerId === id);
        return found === undefined ? [] : [{ markId: found.markId, as }];
      }),
    );
    const step = formatMarks(this.veil.policy(exam).step);
    const taken = await this.records.moderationSamples.take({
      examId: exam.id,
      seed,
      size,
      chosen,
      order: { tolerance, agreed: 'first', step },
      by: person.id,
    });
    return this.view(exam, taken, person);
  }

  async decide(
    name: string,
    sampleId: string,
    { marker, part, outcome, reason }: SampleDecision,
    person: Person,
  ): Promise<ModerationSampleView> {
    const exam = await this.known.find(name);
    const one = async () =>
      (await this.records.moderationSamples.ofExam(exam.id)).find(({ id }) => id === sampleId);
    if ((await one()) === undefined) throw notFound('sample');
    const step = formatMarks(this.veil.policy(exam).step);
    await this.records.moderationSamples.decide({
      sampleId,
      markerId: marker,
      part,
      outcome,
      why: reason,
      order: { agreed: 'first', step },
      by: person.id,
    });
    const decided = await one();
    if (decided === undefined) throw new Error('a sample that was decided on is not there');
    return this.view(exam, decided, person);
  }

  /** By the grades of the exam and what the paper comes to; without grades, half of an answer's marks is the bar. */
  private standing(
    exam: Exam,
  ): (candidate: SampleCandidate) => { readonly nearBoundary: boolean; readonly fails: boolean } {
    const { definition } = this.known.read(exam.current);
    const from = (definition.grades ?? []).map((grade) => grade.from);
    const all = exam.current.parts.reduce((sum, { maximum }) => sum + marksIn(maximum), 0n);
    const lowest = from.reduce<Marks | null>(
      (least, each) => (least === null || each < least ? each : least),
      null,
    );
    return ({ marks, available, total }) => {
      if (lowest === null) return { nearBoundary: false, fails: marksIn(marks) * 2n < marksIn(available) };
      if (total === null) return { nearBoundary: false, fails: false };
      const sum = marksIn(total);
      return {
        nearBoundary: from.some((each) => distance(sum, each) * 100n <= all * CLOSE_PERCENT),
        fails: sum < lowest,
      };
    };
  }

  private async view(exam: Exam, sample: ModerationSample, person: Person): Promise<ModerationSampleView> {
    const { step } = this.veil.policy(exam);
    const people = sample.marks.map(({ markerId }) => markerId);
    const names = await this.names.of([...people, sample.byId, ...sample.outcomes.map(({ byId }) => byId)]);
    const called = (id: string) => names.get(id) ?? '';
    const alone = await this.records.moderationSamples.examinesAlone(exam.id, person.id);
    const tolerance = marksIn(sample.tolerance);
    const markers = [...byKey(sample.marks, ({ markerId }) => markerId)].map(([id, theirs]) => ({
      marker: { id, name: called(id) },
      yours: id === person.id && !alone,
      ...compared(theirs, tolerance),
      parts: exam.current.parts.flatMap(({ part, title }) => {
        const ofPart = theirs.filter((each) => each.part === part);
        if (ofPart.length === 0) return [];
        const outcome = sample.outcomes.find((each) => each.markerId === id && each.part === part);
        return [
          {
            part,
            title,
            ...compared(ofPart, tolerance),
            kappa: figuresOf(pairsOf(ofPart), step).kappa,
            decided: outcome === undefined ? null : decisionView(outcome, called),
          },
        ];
      }),
    }));
    return {
      id: sample.id,
      number: sample.number,
      size: sample.size,
      seed: sample.seed,
      tolerance: sample.tolerance,
      by: called(sample.byId),
      at: sample.at.toISOString(),
      markers: markers.toSorted((one, other) => one.marker.name.localeCompare(other.marker.name)),
    };
  }
}

function decisionView(
  { outcome, why, answers, byId, at }: SampleOutcome,
  called: (id: string) => string,
): NonNullable<ModerationSampleView['markers'][number]['parts'][number]['decided']> {
  return { outcome, reason: why, answers, by: called(byId), at: at.toISOString() };
}

function compared(marks: readonly SampledMark[], tolerance: Marks) {
  const differences = pairsOf(marks).map(({ one, other }) => one - other);
  const sum = differences.reduce((total, each) => total + each, 0n);
  return {
    answers: marks.length,
    dropped: marks.filter(({ dropped }) => dropped).length,
    done: differences.length,
    same: differences.filter((each) => each === 0n).length,
    withinTolerance: differences.filter((each) => distance(each, 0n) <= tolerance).length,
    meanDifference: differences.length === 0 ? null : Number(sum) / 1000 / differences.length,
  };
}

function pairsOf(marks: readonly SampledMark[]): { readonly one: Marks; readonly other: Marks }[] {
  return marks.flatMap(({ marks: one, second }) =>
    second === null ? [] : [{ one: marksIn(one), other: marksIn(second) }],
  );
}

const distance = (one: Marks, other: Marks): Marks => (one < other ? other - one : one - other);

/** Of a share, at least one. */
function countIn(size: string, all: number): number {
  return size.endsWith('%') ? Math.ceil((Number(size.slice(0, -1)) * all) / 100) : Number(size);
}

function byKey<Each>(all: readonly Each[], keyOf: (each: Each) => string): Map<string, Each[]> {
  const groups = new Map<string, Each[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}
