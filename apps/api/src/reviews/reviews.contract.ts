import { REVIEW_OUTCOMES } from '@tensormark/records';
import { z } from 'zod';
import { Decimal, PartKey } from '../exams/exams.contract.js';
import { Time } from '../http/time.js';
import { ItemMarks } from '../marking/marking.contract.js';

const Reason = z.string().trim().min(1).max(4000);

export const ReviewRequest = z
  .object({
    id: z.string(),
    submission: z.string(),
    answer: z.string(),
    candidate: z.string(),
    part: z.string(),
    item: z.string().nullable().meta({ description: 'Of the scheme; null for the part as a whole' }),
    reason: z.string(),
    askedAt: Time,
    answered: z
      .object({ outcome: z.enum(REVIEW_OUTCOMES), reason: z.string(), at: Time })
      .nullable()
      .meta({ description: 'What came of it; null while it is open' }),
  })
  .meta({ id: 'ReviewRequest', description: 'A student asks for a second look' });
export type ReviewRequest = z.infer<typeof ReviewRequest>;

export const SecondLooks = z
  .object({
    until: Time.nullable().meta({
      description:
        'Until when one may ask about what is released now; null when one may not. What a second look changed begins no time anew',
    }),
    requests: z.array(ReviewRequest),
  })
  .meta({ id: 'SecondLooks' });
export type SecondLooks = z.infer<typeof SecondLooks>;

export const NewReviewRequest = z
  .strictObject({
    part: PartKey,
    item: z.string().min(1).max(200).optional(),
    reason: Reason,
  })
  .meta({ id: 'NewReviewRequest' });
export type NewReviewRequest = z.infer<typeof NewReviewRequest>;

export const ReviewAnswer = z
  .discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('kept'), reason: Reason }),
    z.strictObject({
      outcome: z.literal('changed'),
      reason: Reason,
      marks: Decimal.optional().meta({
        description: 'May be left out when items are given: their sum, at most the part',
      }),
      items: z.array(ItemMarks).max(100).optional().meta({
        description: 'What the marks are for, as where a mark is set; the student reads it',
      }),
      expectedCurrent: z
        .uuid()
        .nullable()
        .optional()
        .meta({ description: 'As where a mark is set. May be left out with If-Match' }),
    }),
  ])
  .meta({ id: 'ReviewAnswer' });
export type ReviewAnswer = z.infer<typeof ReviewAnswer>;

export const ReviewId = z.uuid();

export const ReviewsQuery = z.strictObject({
  state: z.enum(['open', 'answered', 'all']).default('open'),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export type ReviewsQuery = z.output<typeof ReviewsQuery>;
