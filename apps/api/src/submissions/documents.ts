import { Inject, Injectable } from '@nestjs/common';
import { decodeText, splitDocument, type Split } from '@tensormark/answers';
import type { PlacedDoubt } from '@tensormark/documents';
import { outlineOf, Span } from '@tensormark/marking';
import type { Records, Submission } from '@tensormark/records';
import { KnownExams } from '../exams/known-exams.js';
import { z } from 'zod';
import { RECORDS } from '../storage/tokens.js';
import { Remark } from './submissions.contract.js';

/** A document as it was read, and how it falls into parts; null when it does not. */
export interface ReadDocument {
  readonly text: string;
  readonly split: Split | null;
  /** What was noticed in reading a file that is no text. */
  readonly notes: readonly Remark[];
  /** Where a person has to look at the original. */
  readonly doubts: readonly PlacedDoubt[];
}

const Layout = z.object({
  notes: z.array(Remark),
  blocks: z.array(z.object({ span: Span, doubts: z.array(z.object({ why: z.string(), says: z.string() })) })),
});
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
    const { text, notes, doubts } = await this.readingOf(submission.id);
    if (text === null) return { text: '', split: null, notes, doubts };
    const { definition } = await this.known.byId(submission.schemeVersionId);
    const split = splitDocument(text, outlineOf(definition));
    const read = { text, split: split.kind === 'split' ? split : null, notes, doubts };
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(submission.id, read);
    return read;
  }

  /** What the worker read from a file of another kind stands in the records; text is decoded here. */
  private async readingOf(
    id: string,
  ): Promise<Pick<ReadDocument, 'notes' | 'doubts'> & { text: string | null }> {
    const read = await this.records.documentReadings.latest(id);
    if (read !== null) {
      const { notes, blocks } = Layout.parse(read.layout);
      const doubts = blocks.flatMap(({ span, doubts }) =>
        doubts.map(({ why, says }) => ({ span, why, says })),
      );
      return { text: read.text, notes, doubts };
    }
    const decoded = decodeText(await this.records.submissions.bytes(id));
    return { text: decoded.kind === 'text' ? decoded.text : null, notes: [], doubts: [] };
  }
}

/** The text with the writer's name and number blacked out, letter for letter, so that places stay. */
export function anonymous({ text, split }: Pick<ReadDocument, 'text' | 'split'>): string {
  let masked = text;
  for (const { span } of split?.preface.identity ?? []) {
    masked = masked.slice(0, span.start) + MASK.repeat(span.end - span.start) + masked.slice(span.end);
  }
  return masked;
}
