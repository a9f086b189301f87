import { COUNTING } from '@tensormark/deadlines';
import { z } from 'zod';
import { Decimal } from '../exams/exams.contract.js';
import { line } from '../http/line.js';
import { Time } from '../http/time.js';
import { Student } from '../submissions/submissions.contract.js';

const LONGEST_GRACE = 24 * 60 * 60;
const Fee = Decimal.refine((amount) => /^\d{1,5}(\.|$)/.test(amount), 'is more than can be taken off');

export const LatePolicy = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('refused') }),
    z.strictObject({ kind: z.literal('marked-late') }),
    z.strictObject({
      kind: z.literal('deducted'),
      unit: z.enum(['points', 'percent']).meta({ description: 'Percent are of the marks available' }),
      amount: Fee,
      per: z.enum(['hour', 'day']).meta({ description: 'For each one begun' }),
      most: Fee.nullable().meta({ description: 'In the same unit; null for no cap' }),
    }),
  ])
  .meta({ id: 'LatePolicy' });
export type LatePolicy = z.infer<typeof LatePolicy>;

const Rules = {
  graceSeconds: z.int().min(0).max(LONGEST_GRACE),
  late: LatePolicy,
  counts: z.enum(COUNTING).meta({
    description: 'last: the last attempt; last-on-time: the last by the deadline, or the last where none is',
  }),
};

/** Times come in with any offset, and leave in UTC. */
const GivenTime = z.iso.datetime({ offset: true });

export const NewSchedule = z
  .strictObject({ opens: GivenTime.nullable(), deadline: GivenTime.nullable(), ...Rules })
  .meta({ id: 'NewSchedule' });
export type NewSchedule = z.infer<typeof NewSchedule>;

export const Schedule = z
  .object({
    opens: Time.nullable(),
    deadline: Time.nullable().meta({ description: "Everybody's" }),
    ...Rules,
    says: z.array(z.string()).meta({ description: 'The rules in words' }),
    yours: Time.nullable().meta({ description: 'For a student with an extension: their own deadline' }),
    now: z
      .enum(['not-open', 'on-time', 'late', 'closed'])
      .meta({ description: 'What handing in now would be' }),
    marks: z
      .object({ at: Time, zone: z.string() })
      .nullable()
      .meta({ description: 'When marks are to be released; null where that is not planned' }),
    excused: z
      .object({ everything: z.boolean(), parts: z.array(z.string()) })
      .nullable()
      .meta({ description: 'What you are excused from; null where that is nothing' }),
  })
  .meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof Schedule>;

export const NewExtension = z
  .strictObject({
    deadline: GivenTime.nullable().meta({ description: 'Null takes the extension back' }),
    reason: line(1000),
  })
  .meta({ id: 'NewExtension' });
export type NewExtension = z.infer<typeof NewExtension>;

export const Extension = z
  .object({
    student: Student,
    deadline: Time.nullable(),
    reason: z.string(),
    by: z.string().meta({ description: 'Name of the examiner' }),
    at: Time,
  })
  .meta({ id: 'Extension' });
export type Extension = z.infer<typeof Extension>;

export const StudentId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
