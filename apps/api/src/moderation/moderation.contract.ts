import { MODERATION_OUTCOMES } from '@tensormark/records';
import { z } from 'zod';
import { Decimal } from '../exams/exams.contract.js';
import { Time } from '../http/time.js';
import { ItemMarks, Mark } from '../marking/marking.contract.js';

const Reason = z.string().trim().min(1).max(4000);

export const ModerationQuery = z.strictObject({ state: z.enum(['open', 'decided']).default('open') });
export type ModerationQuery = z.output<typeof ModerationQuery>;

export const ModerationCase = z
  .object({
    answer: z.string(),
    candidate: z.string(),
    part: z.string(),
    title: z.string(),
    available: Decimal,
    tolerance: Decimal.meta({ description: 'By how many marks the two might have differed' }),
    text: z.string(),
    first: Mark,
    second: Mark,
    current: z.string().meta({ description: 'The mark that stands; send it back as `expectedCurrent`' }),
    mayDecide: z.boolean().meta({
      description: 'Whether you may: you have given neither of the two, or examine and nobody else could',
    }),
    yours: z.boolean().meta({ description: 'Whether one of the two marks is yours' }),
    decided: z
      .object({
        outcome: z.enum(MODERATION_OUTCOMES),
        marks: Decimal,
        reason: z.string(),
        feedback: z.string().nullable().meta({
          description:
            'What the student reads with another mark; null where one of the two stands, with its own words',
        }),
        by: z.string(),
        at: Time,
      })
      .nullable()
      .meta({ description: 'Null while nobody has decided' }),
  })
  .meta({ id: 'ModerationCase', description: 'Two marks of one answer that are too far apart' });
export type ModerationCase = z.infer<typeof ModerationCase>;

const common = {
  second: z.uuid().meta({ description: 'The second mark you were looking at (its `id`)' }),
  expectedCurrent: z
    .uuid()
    .optional()
    .meta({ description: 'The mark that stood when you looked (`current`). May be left out with If-Match' }),
  reason: Reason.meta({ description: 'Why it is decided so; for those who mark' }),
};

export const NewModeration = z
  .discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('first'), ...common }),
    z.strictObject({ outcome: z.literal('second'), ...common }),
    z.strictObject({
      outcome: z.literal('other'),
      ...common,
      marks: Decimal.optional().meta({ description: 'May be left out when items are given: their sum' }),
      items: z.array(ItemMarks).max(100).optional(),
      feedback: z.string().trim().max(4000).default('').meta({ description: 'What the student is to read' }),
    }),
  ])
  .meta({ id: 'NewModeration' });
export type NewModeration = z.output<typeof NewModeration>;
