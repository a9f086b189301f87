import { Injectable } from '@nestjs/common';
import { definitionRefused } from '../exams/scheme.js';
import { notFound, Problem } from '../http/problem.js';
import { DraftThreads } from './draft-threads.js';
import type { AnswerToTry, ExamDraft, TriedAnswer } from './exam-drafts.contract.js';

@Injectable()
export class ExamDraftsService {
  constructor(private readonly threads: DraftThreads) {}

  /** Throws 422 for what takes too much, 503. */
  async check(yaml: string): Promise<ExamDraft> {
    const outcome = await this.threads.run({ kind: 'check', yaml });
    if (outcome.kind !== 'checked') throw new Error(`looking through an exam came to ${outcome.kind}`);
    return outcome.draft;
  }

  /** Throws 404 for a part that the definition does not have, 422 for what cannot be read or takes too much, 503. */
  async tryAnswer(asked: AnswerToTry): Promise<TriedAnswer> {
    const outcome = await this.threads.run({ kind: 'try', ...asked });
    switch (outcome.kind) {
      case 'tried':
        return outcome.tried;
      case 'refused':
        throw definitionRefused(outcome.errors);
      case 'no-such-part':
        throw notFound('part of the exam');
      case 'unsplittable':
        throw new Problem(422, `The document cannot be split: ${outcome.message}`, {
          name: 'document-refused',
        });
      case 'checked':
        throw new Error('trying an answer came to a check');
    }
  }
}
