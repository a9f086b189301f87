import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { answerText } from '@tensormark/answers';
import { extended, splitIsWith } from '@tensormark/deadlines';
import { doubted, notFound, type PartText } from '@tensormark/documents';
import type { Records, Submission } from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { forbidden, Problem } from '../http/problem.js';
import { CLOCK, type Clock } from '../storage/clock.js';
import { Dispatch } from '../storage/dispatch.js';
import { RECORDS } from '../storage/tokens.js';
import { Documents, type ReadDocument } from './documents.js';
import { OpenSubmissions } from './open-submissions.js';
import type { NewCut } from './submissions.contract.js';

/** Who may say now how a document is cut, and until when the student may. */
export interface CutRights {
  readonly yours: boolean;
  readonly until: Date | null;
}

/** A person's word on how a document is cut into answers. */
@Injectable()
export class SplitCorrection {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly open: OpenSubmissions,
    private readonly documents: Documents,
    private readonly dispatch: Dispatch,
  ) {}

  async rights({ id, examId, studentId }: Submission, person: Person): Promise<CutRights> {
    const { schedule, extension } = await this.records.schedules.standing(examId, studentId);
    const mine = extended(schedule, extension);
    const heard = splitIsWith(mine, this.clock.now());
    if (person.role !== 'student') return { yours: heard !== 'student', until: null };
    const begun = (await this.records.marks.ofSubmission(id)).length > 0;
    return { yours: heard !== 'markers' && !begun, until: mine.deadline };
  }

  /** Stores how the document is cut, and has what changed marked anew. Throws 403, 409, 422. */
  async confirm(id: string, cut: NewCut, person: Person): Promise<void> {
    const submission = await this.open.find(id, person);
    if (!(await this.rights(submission, person)).yours) throw notYours(person);
    const document = await this.documents.read(submission);
    if (document.text === '') {
      throw refused('This document could not be read as text, so it cannot be cut. A marker looks at it.');
    }
    if (hashOf(document) !== cut.document) throw changedMeanwhile();
    const { parts } = await this.records.exams.version(submission.schemeVersionId);
    const keys = parts.map(({ part }) => part);
    mustFit(cut, keys, document.text.length);
    await this.records.answers.confirm({
      submissionId: id,
      expected: cut.after,
      by: person.id,
      why: cut.reason ?? '',
      answers: keys.map((part) => {
        const { pieces, ...answer } = answerFor(part, cut, document);
        return { ...answer, pieces: pieces.map(({ start, end }) => ({ start, end })) };
      }),
    });
    this.dispatch.soon();
  }
}

/** Names the text that places are in. */
export function hashOf({ text }: Pick<ReadDocument, 'text'>): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** What a person takes for the answer. That they did so makes nothing of it surer that a machine may have misread. */
function answerFor(part: string, { pieces }: NewCut, { text, doubts }: ReadDocument): PartText {
  const mine = pieces.filter((piece) => piece.part === part).map(({ start, end }) => ({ start, end }));
  const answer = answerText(text, { pieces: mine }).text;
  if (answer === '') return notFound(part, doubts);
  return doubted({ part, found: true, text: answer, pieces: mine, confidence: 1, reasons: [] }, doubts);
}

function mustFit({ pieces }: NewCut, parts: readonly string[], length: number): void {
  let before = 0;
  for (const { part, start, end } of pieces) {
    if (!parts.includes(part)) throw refused(`The exam has no part "${part}".`);
    if (start < before || end <= start || end > length) {
      throw refused(
        `The piece of part ${part} from ${start} to ${end} is out of order, empty, or not within the ${length} characters of the document.`,
      );
    }
    before = end;
  }
}

function refused(detail: string): Problem {
  return new Problem(422, detail, { name: 'cut-refused', title: 'The document cannot be cut like this' });
}

function changedMeanwhile(): Problem {
  return new Problem(409, 'The document has been read anew since you looked. Load it again.', {
    name: 'split-conflict',
  });
}

function notYours(person: Person): Problem {
  return forbidden(
    person.role === 'student'
      ? 'Your deadline has passed or marking has begun, so markers see to it now. Write to them if something is in the wrong place.'
      : 'The student can still change this until the deadline. After it, a marker can.',
  );
}
