import { createHash } from 'node:crypto';
import { applyDecorators, Inject, Injectable } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { MarkConflictError, type Records } from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { type SeenItem, Veil } from '../exams/veil.js';
import { refusal } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';
import { MarksView } from './marks-view.js';
import { proposalIn } from './proposal.js';

/** What somebody who decides on a mark had before them: the answer's `ETag`, the mark that stood, or both. */
export interface Seen {
  readonly ifMatch: string | undefined;
  readonly expectedCurrent: string | null | undefined;
}

/** On a route that sets a mark of one answer. */
export const TakesIfMatch = applyDecorators(
  ApiHeader({
    name: 'if-match',
    required: false,
    description: 'The ETag of the answer you were looking at; in place of `expectedCurrent`, or besides',
  }),
  refusal(412, 'The answer is not as your If-Match says any more; both sides are in the problem'),
  refusal(428, 'Neither If-Match nor `expectedCurrent` says what you were looking at'),
);

/**
 * The entity tag of an answer as somebody sees it: of its text, what is proposed and the marks it has. What is kept back from
 * them is not in it, so that a tag tells no more than the answer does.
 */
export function tagOf({ answer, proposed, basis, secondMarking }: SeenItem): string {
  const seen = [answer.found, answer.text, proposed?.id, basis, secondMarking?.second?.id];
  const hash = createHash('sha256').update(JSON.stringify(seen.map((each) => each ?? null)));
  return `"${hash.digest('base64url').slice(0, 22)}"`;
}

/** On top of which mark somebody decides, and what they are told where another stands. */
@Injectable()
export class Basis {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly veil: Veil,
    private readonly marks: MarksView,
  ) {}

  /**
   * What has to be the last word on the answer still when theirs is set; null for none. Throws 400 for a tag that is none, 412 with both
   * sides where the answer is not as it was seen, 428 where nothing says what was seen.
   */
  async of(
    item: SeenItem,
    { ifMatch, expectedCurrent }: Seen,
    yours: unknown,
    person: Person,
  ): Promise<string | null> {
    if (ifMatch === undefined) {
      if (expectedCurrent !== undefined) return expectedCurrent;
      throw new Problem(
        428,
        'Say what you were looking at: the ETag of the answer as If-Match, or the mark that stood as expectedCurrent.',
        { name: 'no-basis' },
      );
    }
    if (!tagsIn(ifMatch).includes(tagOf(item)))
      throw await this.changed(
        item,
        'The answer is not as you saw it any more: it has another mark, another proposal or another text. Look at both sides, then decide again.',
        yours,
        person,
      );
    return expectedCurrent === undefined ? item.basis : expectedCurrent;
  }

  /** What was thrown where a mark was to be set; where another stands, with the mark that stands and the one that was refused. */
  async refusal(error: unknown, { ifMatch }: Seen, yours: unknown, person: Person): Promise<unknown> {
    if (!(error instanceof MarkConflictError)) return error;
    const item = await this.veil.item(error.answerId, person);
    if (ifMatch !== undefined) return this.changed(item, error.message, yours, person);
    const current = item.blind ? null : await this.marks.one(error.current);
    const expectedCurrent = item.basis;
    return conflict(409, error.message, { members: { current, expectedCurrent, yours } });
  }

  private async changed(item: SeenItem, detail: string, yours: unknown, person: Person): Promise<Problem> {
    const { mark, basis, proposed, studentId } = item;
    // Who must not mark this work is shown nothing of it, by no refusal either.
    await this.records.conflicts.check(person.id, studentId);
    return conflict(412, detail, {
      headers: { etag: tagOf(item) },
      members: {
        current: await this.marks.one(mark),
        expectedCurrent: basis,
        proposal: proposalIn(proposed),
        proposalId: proposed?.id ?? null,
        yours,
      },
    });
  }
}

function conflict(
  status: number,
  detail: string,
  extras: Pick<Problem['extras'], 'headers' | 'members'>,
): Problem {
  return new Problem(status, detail, { name: 'mark-conflict', title: 'Someone else was faster', ...extras });
}

/**
 * The tags that a header names. Weak ones count as well: proxies that compress an answer weaken its tag on the way.
 * `*` would be whatever stands, and marks are never set on top of one that nobody saw.
 */
function tagsIn(ifMatch: string): readonly string[] {
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (tags.every((tag) => /^"[\x21\x23-\x7e]*"$/.test(tag))) return tags;
  throw new Problem(400, 'The header If-Match names the ETag of the answer you were looking at, in quotes.', {
    name: 'malformed-request',
  });
}
