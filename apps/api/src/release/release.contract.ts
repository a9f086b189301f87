import { HELD_BACK_REASONS, type HeldBackReason } from '@tensormark/records';
import { z } from 'zod';
import { isZone } from '../http/zone.js';
import { line } from '../http/line.js';
import { Time } from '../http/time.js';
import { Student } from '../submissions/submissions.contract.js';

/** What stands in the way of a release, in words for examiners. */
export const HELD_BECAUSE: Readonly<Record<HeldBackReason, string>> = {
  'not-latest-attempt': 'Another attempt counts in its place.',
  withheld: 'The result is withheld.',
  'planner-gone': 'Who planned the release does not examine this exam any more; plan it again.',
  excused: 'The student is excused from all of it: there is no mark to show.',
  'not-all-marked': 'Not every part has been marked by a person.',
  'answer-changed': 'An answer is another now than it was when it was marked.',
  'moderation-open': 'Two people have marked it and are too far apart; nobody has decided between them.',
  'second-marking-open':
    'Somebody else than its first marker has still to mark it. Where nobody else marks this exam, name a colleague in its team.',
  'already-released': 'Exactly these marks are released already.',
};

const Reason = z.enum(HELD_BACK_REASONS);

export const ReleaseRequest = z
  .strictObject({
    submissions: z.array(z.uuid()).min(1).max(50_000).optional().meta({ description: 'All, when left out' }),
  })
  .meta({ id: 'ReleaseRequest' });
export type ReleaseRequest = z.infer<typeof ReleaseRequest>;

export const ReleaseResult = z
  .object({
    released: z.array(z.string()),
    held: z.array(z.object({ submission: z.string(), reason: Reason, why: z.string() })),
  })
  .meta({ id: 'ReleaseResult' });
export type ReleaseResult = z.infer<typeof ReleaseResult>;

export const InTheWay = z
  .array(z.object({ reason: Reason, why: z.string(), submissions: z.int() }))
  .meta({ description: 'How many papers each thing stands in the way of' });

export const ZoneName = z
  .string()
  .max(64)
  .refine(isZone, { error: 'no time zone of this name is known' })
  .meta({ description: 'The IANA name of a time zone, such as Europe/Berlin' });

export const ReleasePlan = z
  .object({
    plan: z
      .object({
        at: Time,
        zone: z.string().meta({ description: 'In which the time was said' }),
        state: z.enum(['planned', 'held']).meta({
          description: 'held: its time has come, and it waits for what is in the way',
        }),
        because: InTheWay,
        by: z.string().meta({ description: 'Name of the examiner' }),
      })
      .nullable()
      .meta({ description: 'Null where no release is planned' }),
    inTheWay: InTheWay,
    withheld: z.array(
      z.object({
        student: Student,
        reason: z.string(),
        by: z.string().meta({ description: 'Name of the examiner' }),
        since: Time,
      }),
    ),
  })
  .meta({ id: 'ReleasePlan' });
export type ReleasePlan = z.infer<typeof ReleasePlan>;

export const NewReleasePlan = z
  .strictObject({ at: z.iso.datetime({ offset: true }), zone: ZoneName })
  .meta({ id: 'NewReleasePlan' });
export type NewReleasePlan = z.infer<typeof NewReleasePlan>;

export const Withholding = z
  .strictObject({
    withheld: z.boolean().meta({ description: 'False lets the result go; the next release takes it along' }),
    reason: line(1000).meta({ description: 'Kept with your name; the student does not see it' }),
  })
  .meta({ id: 'Withholding' });
export type Withholding = z.infer<typeof Withholding>;
