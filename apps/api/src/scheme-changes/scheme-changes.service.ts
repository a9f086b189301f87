import { Inject, Injectable } from '@nestjs/common';
import { partsOf, type ExamDefinition } from '@tensormark/marking';
import {
  InvalidRecordError,
  type Exam,
  type Records,
  type SchemeChange as RecordedChange,
  type SchemeDraft,
} from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { readDefinition, recordOf } from '../exams/scheme.js';
import { notFound, Problem } from '../http/problem.js';
import { Names } from '../marking/names.js';
import { RECORDS } from '../storage/tokens.js';
import { byDifference, comparePapers, paperOf, summaryOf } from './preview.js';
import type {
  NewSchemeChange,
  PendingScheme,
  SchemeChange,
  SchemePreview,
} from './scheme-changes.contract.js';

/** Changing the scheme of an exam that was handed in: looked at first, applied as one, undone as one. */
@Injectable()
export class SchemeChangesService {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly names: Names,
  ) {}

  async stage(name: string, yaml: string, by: Person): Promise<SchemePreview> {
    const exam = await this.known.find(name);
    const definition = readDefinition(yaml);
    if (definition.exam !== exam.slug)
      throw new Problem(422, `The definition is of the exam "${definition.exam}", not of "${exam.slug}".`, {
        name: 'exam-refused',
      });
    const current = this.known.read(exam.current).definition;
    const others = otherParts(current, definition);
    const { schemeHash, ...version } = recordOf(definition, yaml, by.id);
    if (schemeHash === undefined) throw new Error('a definition has no scheme hash');
    const draft = await this.records.schemeDrafts.stage({
      ...version,
      schemeHash,
      sameParts: version.parts.flatMap(({ part }) => (others.includes(part) ? [] : [part])),
    });
    return this.preview(exam, draft, 'keep');
  }

  async pending(name: string, confirmed: NewSchemeChange['confirmed']): Promise<PendingScheme> {
    const exam = await this.known.find(name);
    const draft = await this.records.schemeDrafts.pending(exam.id);
    return { preview: draft && (await this.preview(exam, draft, confirmed)) };
  }

  async apply(name: string, { draft, confirmed, why }: NewSchemeChange, by: Person): Promise<SchemeChange> {
    const exam = await this.known.find(name);
    const change = await this.conflicting(() =>
      this.records.schemeChanges.apply({ examId: exam.id, draftId: draft, confirmed, why, by: by.id }),
    );
    return this.view(change);
  }

  async undo(name: string, id: string, why: string, by: Person): Promise<SchemeChange> {
    const exam = await this.known.find(name);
    if ((await this.records.schemeChanges.get(id)).examId !== exam.id) throw notFound('scheme change');
    return this.view(
      await this.conflicting(() => this.records.schemeChanges.undo({ changeId: id, why, by: by.id })),
    );
  }

  async list(name: string): Promise<SchemeChange[]> {
    const exam = await this.known.find(name);
    return Promise.all((await this.records.schemeChanges.ofExam(exam.id)).map((change) => this.view(change)));
  }

  /** What cannot be done as things stand now is a conflict: look again, then decide. */
  private async conflicting<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof InvalidRecordError)) throw error;
      throw new Problem(409, error.message, { name: 'scheme-change-refused', title: 'Nothing was changed' });
    }
  }

  private async preview(
    exam: Exam,
    draft: SchemeDraft,
    confirmed: NewSchemeChange['confirmed'],
  ): Promise<SchemePreview> {
    const before = this.known.read(exam.current).definition;
    const after = this.known.read(draft).definition;
    const papers = comparePapers(await this.records.schemeDrafts.compare(draft.id), confirmed, before, after);
    const students = new Map(
      (await this.records.users.list({ role: 'student', withErased: true })).map((user) => [user.id, user]),
    );
    const names = await this.names.of([draft.stagedById]);
    return {
      draft: draft.id,
      title: after.title,
      stagedBy: names.get(draft.stagedById) ?? '',
      stagedAt: draft.stagedAt.toISOString(),
      done: draft.done,
      wanted: draft.wanted,
      parts: otherParts(before, after),
      summary: summaryOf(papers),
      papers: papers
        .toSorted((one, other) => byDifference(one.change, other.change))
        .flatMap(({ submissionId, studentId, change }) => {
          const paper = paperOf(change);
          const student = students.get(studentId);
          if (paper === undefined || student === undefined) return [];
          const { id, name, email, studentNumber } = student;
          return [{ submission: submissionId, student: { id, name, email, studentNumber }, ...paper }];
        }),
    };
  }

  private async view(change: RecordedChange): Promise<SchemeChange> {
    const { id, number, undoesId, undoneById, confirmed, submissions, marks, why, byId, at } = change;
    return {
      id,
      number,
      kind: undoesId === null ? 'applied' : 'undone',
      undoes: undoesId,
      undoneBy: undoneById,
      confirmed,
      submissions,
      marks,
      why,
      by: (await this.names.of([byId])).get(byId) ?? '',
      at: at.toISOString(),
    };
  }
}

/** Parts that are asked or marked otherwise than before. */
function otherParts(before: ExamDefinition, after: ExamDefinition): string[] {
  const known = new Map(partsOf(before).map((part) => [part.key, asText(part)]));
  return partsOf(after).flatMap((part) => (known.get(part.key) === asText(part) ? [] : [part.key]));
}

function asText(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
}
