import type { SchemePreview } from '../api/types.js';

type Papers = readonly {
  readonly parts: readonly Pick<SchemePreview['papers'][number]['parts'][number], 'fate'>[];
}[];

/** What the list below is of: where every mark of it stays, nobody would change. */
export const whoWouldChange = (papers: Papers): string =>
  papers.length > 0 && papers.every(({ parts }) => parts.every(({ fate }) => fate === 'kept'))
    ? 'Nobody would change: whose proposal does, and whose mark stays'
    : 'Who would change';
