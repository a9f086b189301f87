import { ProposedMark } from '@tensormark/marking';
import { MARK_ORIGINS } from '@tensormark/records';
import { z } from 'zod';
import {
  Decimal,
  PART_STATES,
  PartKey,
  PartKind,
  PartState,
  SignedDecimal,
} from '../exams/exams.contract.js';
import { Time } from '../http/time.js';
import { SuggestionDecision } from '../suggestions/suggestions.contract.js';
import { Level, Remark } from '../submissions/submissions.contract.js';

export const QUEUE_STATES = ['awaiting', 'marked', 'all'] as const;

export const QueueQuery = z.strictObject({
  part: PartKey.optional(),
  state: z.enum(QUEUE_STATES).default('awaiting'),
  candidate: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,11}$/, 'A pseudonym such as C-7F3A-K2QD, or the beginning or any piece of one')
    .optional()
    .meta({ description: 'Only those whose pseudonym has this in it' }),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export type QueueQuery = z.output<typeof QueueQuery>;

export const QueueEntry = z
  .object({
    answer: z.string(),
    candidate: z.string(),
    part: z.string(),
    kind: PartKind,
    outcome: PartState,
    hidden: z.boolean().meta({
      description: "Whether the machine's proposal is kept back until a person has decided",
    }),
    second: z
      .boolean()
      .meta({ description: 'Somebody else has marked it; you do too, without seeing that mark' }),
    doubt: z.number(),
    proposed: z.string().nullable(),
    marks: z
      .string()
      .nullable()
      .meta({ description: 'The mark that stands, where this person may know it; null where there is none' }),
    available: Decimal,
    state: PartState,
    heldBy: z
      .string()
      .nullable()
      .meta({ description: 'The colleague who has it on their desk; null when nobody else has' }),
  })
  .meta({ id: 'QueueEntry' });
export type QueueEntry = z.infer<typeof QueueEntry>;

export const ItemMarks = z
  .strictObject({
    item: z.string().max(200),
    marks: SignedDecimal,
    feedback: z
      .string()
      .trim()
      .min(1)
      .max(2000)
      .optional()
      .meta({ description: "What the student reads here, in place of the scheme's own words" }),
  })
  .meta({ id: 'ItemMarks' });
export type ItemMarks = z.infer<typeof ItemMarks>;

export const Mark = z
  .object({
    id: z.string(),
    marks: Decimal,
    origin: z.enum(MARK_ORIGINS),
    reason: z.string(),
    by: z.string().meta({ description: 'Name of the marker' }),
    at: Time,
    items: z.array(ItemMarks),
    takenBack: z
      .object({ by: z.string(), at: Time, reason: z.string() })
      .nullable()
      .meta({ description: 'Who took it back, when and why; null for a mark that was not' }),
  })
  .meta({ id: 'Mark', description: "A person's mark" });
export type Mark = z.infer<typeof Mark>;

export const MarkedChoices = z
  .array(z.object({ id: z.string(), says: z.string(), right: z.boolean() }))
  .nullable()
  .meta({ description: 'The options of a choice, and which of them are right; null for other parts' });

export const AnswerForMarking = z
  .object({
    id: z.string(),
    exam: z.string(),
    candidate: z.string(),
    submission: z.string(),
    changedSinceMarked: z
      .boolean()
      .meta({ description: 'The mark that stands was given to another text: look again' }),
    part: z.object({
      key: z.string(),
      kind: PartKind,
      title: z.string().nullable(),
      questionPrompt: z.string().nullable(),
      prompt: z.string(),
      code: z.string().nullable(),
      choices: MarkedChoices,
      marks: Decimal,
      question: z.string().meta({ description: 'What its bank of comments goes by' }),
      floor: Decimal.meta({ description: 'What the items never come to less than' }),
      cap: Decimal.meta({ description: 'What the items never come to more than' }),
      rubric: z.array(
        z.object({
          item: z.string(),
          says: z.string(),
          marks: SignedDecimal.meta({ description: 'What it gives or, where negative, takes' }),
          least: SignedDecimal,
          most: SignedDecimal,
          feedback: z.string().nullable(),
          note: z.string().nullable().meta({ description: 'For markers alone; no student reads it' }),
          adjustment: z.boolean().meta({ description: 'Never proposed by the machine' }),
        }),
      ),
    }),
    state: z.enum(PART_STATES),
    awaitsRun: z.boolean().meta({ description: 'Pending, and its network is run before it is marked' }),
    text: z.string(),
    split: z.object({ level: Level, confidence: z.number(), reasons: z.array(Remark) }),
    hidden: z.boolean().meta({
      description: "Whether the machine's proposal is kept back until a person has decided",
    }),
    secondMarking: z
      .enum(['yours', 'awaited', 'in-moderation', 'settled'])
      .nullable()
      .meta({ description: 'Of an answer that two people mark; null for all others' }),
    second: Mark.nullable().meta({ description: 'What the second marker gave; null while one is awaited' }),
    proposal: ProposedMark.nullable(),
    proposalId: z.string().nullable().meta({ description: 'Send it back as `proposal` when confirming' }),
    suggestions: z
      .array(SuggestionDecision)
      .meta({ description: 'What markers have said of the suggestions in this proposal' }),
    current: Mark.nullable().meta({
      description: 'The mark that stands; null before one, and once it was taken back',
    }),
    expectedCurrent: z.uuid().nullable().meta({
      description:
        'Send it back as `expectedCurrent` when you set a mark: the mark that stands, or what took back the one that stood',
    }),
    history: z.array(Mark),
  })
  .meta({ id: 'AnswerForMarking' });
export type AnswerForMarking = z.infer<typeof AnswerForMarking>;

export const NewMark = z
  .strictObject({
    action: z.enum(['confirm', 'change']),
    marks: Decimal.optional().meta({
      description: 'May be left out when items are given: their sum, at most the part',
    }),
    items: z.array(ItemMarks).max(100).optional(),
    reason: z.string().trim().max(4000).optional(),
    expectedCurrent: z.uuid().nullable().optional().meta({
      description:
        'What the answer gave as `expectedCurrent`: the mark you were looking at, or null when it never had one. May be left out with If-Match',
    }),
    proposal: z.uuid().optional().meta({ description: 'The proposal you were looking at (`proposalId`)' }),
  })
  .meta({ id: 'NewMark' });
export type NewMark = z.infer<typeof NewMark>;

export const AnswerId = z.uuid();
export const MarkId = z.uuid();

export const MarkWithdrawal = z
  .strictObject({
    reason: z.string().trim().max(4000).optional().meta({ description: 'For colleagues and the trail' }),
  })
  .meta({ id: 'MarkWithdrawal' });
export type MarkWithdrawal = z.infer<typeof MarkWithdrawal>;

export const Desk = z
  .object({
    yours: z.boolean(),
    heldBy: z.string().meta({ description: 'Name of whoever has the answer on their desk' }),
    until: Time.meta({ description: 'When it is free again, unless the hold is prolonged' }),
  })
  .meta({ id: 'Desk', description: 'On whose desk an answer lies' });
export type Desk = z.infer<typeof Desk>;
