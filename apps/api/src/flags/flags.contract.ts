import { FLAG_OUTCOMES } from '@tensormark/records';
import { z } from 'zod';
import { Time } from '../http/time.js';
import { NewMark } from '../marking/marking.contract.js';

const Note = z.string().trim().min(1).max(4000);

export const FlagId = z.uuid();
export const FlagsQuery = z.strictObject({ state: z.enum(['open', 'resolved']).default('open') });
export type FlagsQuery = z.output<typeof FlagsQuery>;

export const Flag = z
  .object({
    id: z.string(),
    answer: z.string(),
    candidate: z.string(),
    part: z.string(),
    note: z
      .string()
      .nullable()
      .meta({ description: 'Null while you are to mark the answer without knowing what others think' }),
    by: z.string().meta({ description: 'Name of who asks' }),
    asked: z.string().nullable().meta({ description: 'Name of who was asked; null for any colleague' }),
    at: Time,
    yours: z.boolean().meta({ description: 'Raised by you: you may take it back' }),
    forYou: z.boolean().meta({ description: 'You were asked by name, or anybody is' }),
    mayAnswer: z.boolean(),
    reply: z
      .object({
        outcome: z.enum(FLAG_OUTCOMES),
        note: z.string().nullable(),
        by: z.string(),
        marked: z.boolean().meta({ description: 'Whether a mark was set with it' }),
        at: Time,
      })
      .nullable()
      .meta({ description: 'What came of it; null while it is open' }),
  })
  .meta({ id: 'Flag', description: 'A marker asks a colleague about an answer' });
export type Flag = z.infer<typeof Flag>;

export const NewFlag = z
  .strictObject({
    note: Note.meta({ description: 'For colleagues alone; no student reads it' }),
    asked: z
      .string()
      .max(64)
      .nullable()
      .default(null)
      .meta({ description: 'Who is asked; null for whoever of the markers comes first' }),
  })
  .meta({ id: 'NewFlag' });
export type NewFlag = z.output<typeof NewFlag>;

export const FlagAnswer = z
  .strictObject({
    note: Note,
    mark: NewMark.optional().meta({ description: 'A mark to be set with the reply; both or neither' }),
  })
  .meta({ id: 'FlagAnswer' });
export type FlagAnswer = z.infer<typeof FlagAnswer>;

export const FlagWithdrawal = z
  .strictObject({ note: z.string().trim().max(4000).default('') })
  .meta({ id: 'FlagWithdrawal' });
export type FlagWithdrawal = z.output<typeof FlagWithdrawal>;

export const Colleague = z
  .object({ id: z.string(), name: z.string() })
  .meta({ id: 'Colleague', description: 'Somebody else who may mark' });
export type Colleague = z.infer<typeof Colleague>;
