import { z } from 'zod';
import { PartKey } from '../exams/exams.contract.js';
import { line } from '../http/line.js';
import { Time } from '../http/time.js';
import { Student } from '../submissions/submissions.contract.js';

export const Excusal = z
  .object({
    student: Student,
    part: PartKey.nullable().meta({ description: 'Null for the whole exam' }),
    reason: z.string(),
    by: z.string().meta({ description: 'Name of the examiner' }),
    since: Time,
  })
  .meta({
    id: 'Excusal',
    description:
      'What a student is excused from: it counts neither to their total nor to what that is out of',
  });
export type Excusal = z.infer<typeof Excusal>;

export const NewExcusal = z
  .strictObject({
    part: PartKey.nullable().meta({ description: 'Null for the whole exam' }),
    excused: z
      .boolean()
      .meta({ description: 'False takes the excusal back; a mark that was given counts again' }),
    reason: line(1000).meta({ description: 'Kept with your name; the student does not see it' }),
  })
  .meta({ id: 'NewExcusal' });
export type NewExcusal = z.infer<typeof NewExcusal>;
