import { Inject, Injectable } from '@nestjs/common';
import { decodeText, splitDocument, type Split } from '@tensormark/answers';
import { outlineOf } from '@tensormark/marking';
import type { Records, Submission } from '@tensormark/records';
import { KnownExams } from '../exams/known-exams.js';
import { RECORDS } from '../storage/tokens.js';

/** A document as it was read, and how it falls into parts; null when it does not. */
export interface ReadDocument {
  readonly text: string;
  readonly split: Split | null;
}

const MOST_KEPT = 32;
const MASK = '█';

/** Reads uploaded documents again, for people to look at; the last few are kept. */
@Injectable()
export class Documents {
  private readonly kept = new Map<string, ReadDocument>();

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
  ) {}

  async read(submission: Submission): Promise<ReadDocument> {
    const kept = this.kept.get(submission.id);
    if (kept !== undefined) return kept;
    const decoded = decodeText(await this.records.submissions.bytes(submission.id));
    if (decoded.kind === 'refused') return { text: '', split: null };
    const { definition } = await this.known.byId(submission.examVersionId);
    const split = splitDocument(decoded.text, outlineOf(definition));
    const read = { text: decoded.text, split: split.kind === 'split' ? split : null };
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(submission.id, read);
    return read;
  }
}

/** The text with the writer's name and number blacked out, letter for letter, so that places stay. */
export function anonymous({ text, split }: ReadDocument): string {
  let masked = text;
  for (const { span } of split?.preface.identity ?? []) {
    masked = masked.slice(0, span.start) + MASK.repeat(span.end - span.start) + masked.slice(span.end);
  }
  return masked;
}
