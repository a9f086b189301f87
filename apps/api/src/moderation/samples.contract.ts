import { z } from 'zod';
import { Decimal } from '../exams/exams.contract.js';
import { line } from '../http/line.js';
import { Time } from '../http/time.js';

const Named = z.object({ id: z.string(), name: z.string() });

const Compared = z.object({
  answers: z.int().meta({ description: 'In the sample' }),
  dropped: z.int().meta({
    description:
      'Of those, what nobody else will mark any more: the mark was taken back or changed before, or its answer no longer counts',
  }),
  done: z.int().meta({ description: 'Marked by somebody else too, who did not see the mark' }),
  same: z.int().meta({ description: 'Of those, with the same marks' }),
  withinTolerance: z.int(),
  meanDifference: z.number().nullable().meta({
    description: 'In marks; above zero the marker is the more generous. Null until something is done',
  }),
});

export const SampledPart = Compared.extend({
  part: z.string(),
  title: z.string(),
  kappa: z.number().nullable().meta({
    description: 'Quadratic weighted kappa; null below thirty answers, and where all marks are the same',
  }),
  decided: z
    .object({
      outcome: z.enum(['accepted', 're-marked']),
      reason: z.string(),
      answers: z.int().meta({ description: 'How many more answers somebody else marks for it' }),
      by: z.string(),
      at: Time,
    })
    .nullable()
    .meta({ description: 'Null while nobody has decided' }),
});

export const ModerationSampleView = z
  .object({
    id: z.uuid(),
    number: z.int(),
    size: z.string().meta({ description: "Of each marker's answers: a number, or a share such as 10%" }),
    seed: z.string(),
    tolerance: Decimal,
    by: z.string(),
    at: Time,
    markers: z.array(
      Compared.extend({
        marker: Named,
        yours: z.boolean().meta({ description: 'These are your own marks, which somebody else judges' }),
        parts: z.array(SampledPart),
      }),
    ),
  })
  .meta({ id: 'ModerationSample', description: 'Marks of each marker that somebody else gives too' });
export type ModerationSampleView = z.infer<typeof ModerationSampleView>;

export const NewModerationSample = z
  .strictObject({
    size: z
      .string()
      .regex(/^(?:[1-9]\d{0,3}|(?:[1-9]|[1-9]\d|100)%)$/)
      .meta({ description: "Of each marker's answers: a number such as 10, or a share such as 10%" }),
    tolerance: Decimal.default('0').meta({
      description: 'Two marks that differ by no more stand as the first; others wait for moderation',
    }),
    seed: line(100).optional().meta({ description: 'The same seed over the same marks is the same sample' }),
  })
  .meta({ id: 'NewModerationSample' });
export type NewModerationSample = z.output<typeof NewModerationSample>;

export const SampleDecision = z
  .strictObject({
    marker: z.string().max(64),
    part: z.string().max(100),
    outcome: z.enum(['accepted', 're-marked']).meta({
      description: 're-marked: somebody else marks all answers to the part that this marker has marked',
    }),
    reason: line(1000),
  })
  .meta({ id: 'SampleDecision' });
export type SampleDecision = z.infer<typeof SampleDecision>;
