import { Evidence } from '@tensormark/marking';
import { z } from 'zod';
import { Decimal, PartKey, PartState } from '../exams/exams.contract.js';
import { ItemMarks } from '../marking/marking.contract.js';

export const GroupQuery = z.strictObject({ part: PartKey });
export type GroupQuery = z.infer<typeof GroupQuery>;

export const AnswerGroup = z
  .object({
    key: z.string().meta({ description: 'Names what its answers have in common' }),
    part: z.string(),
    outcome: PartState,
    proposed: Decimal.nullable(),
    available: Decimal,
    says: z.string().meta({ description: 'What the machine makes of each of them' }),
    evidence: z.array(Evidence).meta({ description: 'Of the first answer' }),
    answers: z.array(
      z.object({
        answer: z.string(),
        candidate: z.string(),
        text: z.string(),
        proposal: z.string().meta({ description: 'Send it back when deciding' }),
        mark: z.string().nullable().meta({
          description: 'Send it back as well: what took back the mark that it had; null where it had none',
        }),
        heldBy: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'AnswerGroup', description: 'Unmarked answers that are alike, as far as the evidence tells' });
export type AnswerGroup = z.infer<typeof AnswerGroup>;

export const GroupDecision = z
  .strictObject({
    part: PartKey,
    key: z.string().min(1).max(200),
    answers: z
      .array(
        z.strictObject({
          answer: z.uuid(),
          proposal: z.uuid(),
          mark: z.uuid().optional().meta({
            description:
              'What a decision before gave it, where this one is to take its place, or what took that back',
          }),
        }),
      )
      .min(1)
      .max(500)
      .meta({ description: 'Those that a person has looked at and found alike' }),
    action: z.enum(['confirm', 'change']),
    marks: Decimal.optional(),
    items: z.array(ItemMarks).max(100).optional(),
    reason: z.string().trim().max(4000).optional(),
  })
  .meta({ id: 'GroupDecision' });
export type GroupDecision = z.infer<typeof GroupDecision>;

export const GroupWithdrawal = z
  .strictObject({
    part: PartKey,
    answers: z
      .array(z.strictObject({ answer: z.uuid(), mark: z.uuid() }))
      .min(1)
      .max(500)
      .meta({ description: 'What the decision gave: each answer with its mark' }),
    reason: z.string().trim().max(4000).optional(),
  })
  .meta({ id: 'GroupWithdrawal' });
export type GroupWithdrawal = z.infer<typeof GroupWithdrawal>;

export const GroupWithdrawn = z
  .object({
    withdrawn: z.array(z.string()).meta({ description: 'Answers that have no mark now' }),
    passed: z
      .array(z.object({ answer: z.string(), why: z.string() }))
      .meta({ description: 'Answers that were left as they are' }),
  })
  .meta({ id: 'GroupWithdrawn' });
export type GroupWithdrawn = z.infer<typeof GroupWithdrawn>;

export const GroupMarked = z
  .object({
    marked: z.array(z.object({ answer: z.string(), mark: z.string() })),
    passed: z
      .array(z.object({ answer: z.string(), why: z.string() }))
      .meta({ description: 'Answers that were left as they are' }),
  })
  .meta({ id: 'GroupMarked' });
export type GroupMarked = z.infer<typeof GroupMarked>;
