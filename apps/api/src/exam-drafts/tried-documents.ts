import { Inject, Injectable } from '@nestjs/common';
import type { ReadDocument } from '@tensormark/documents';
import { STATUS_OF_REFUSAL } from '../submissions/upload.js';
import { Problem } from '../http/problem.js';
import type { ApiOptions } from '../options.js';
import { OPTIONS } from '../storage/tokens.js';
import { LONGEST_ANSWER, type TriedDocument } from './exam-drafts.contract.js';

const MOST_WAITING = 8;
const MOST_REMARKS = 20;

/** Reads a document as it is read when handed in, one at a time. Nothing is stored. */
@Injectable()
export class TriedDocuments {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(@Inject(OPTIONS) private readonly options: ApiOptions) {}

  /** Throws 413, 415, 422 for what cannot be read, 501 where this server reads none, 503 where too many wait. */
  async read(bytes: Uint8Array): Promise<TriedDocument> {
    const { readDocument } = this.options;
    if (readDocument === undefined) {
      throw new Problem(
        501,
        'This server reads no documents by itself. Paste the text of the answer instead.',
        {
          name: 'no-reader',
        },
      );
    }
    if (this.waiting >= MOST_WAITING) throw busy();
    this.waiting += 1;
    const reading = this.last.then(() => readDocument(bytes));
    this.last = reading.catch(() => undefined);
    try {
      const result = await reading;
      if (result.kind === 'read') return shown(result);
      throw new Problem(STATUS_OF_REFUSAL[result.reason], result.message, {
        name: `file-${result.reason}`,
        title: 'This file cannot be taken',
      });
    } finally {
      this.waiting -= 1;
    }
  }
}

function shown({ format, text, blocks, notes }: ReadDocument): TriedDocument {
  if (text.length > LONGEST_ANSWER) {
    throw new Problem(
      413,
      `The document has ${text.length} characters of text; of an answer to try at most ${LONGEST_ANSWER} are taken.`,
      { name: 'answer-too-long' },
    );
  }
  const says = [...blocks.flatMap(({ doubts }) => doubts), ...notes].map((each) => each.says);
  return { format, text, remarks: [...new Set(says)].slice(0, MOST_REMARKS) };
}

function busy(): Problem {
  return new Problem(503, 'Other documents are being read. Try again in a few seconds.', {
    name: 'busy',
    headers: { 'retry-after': '5' },
  });
}
