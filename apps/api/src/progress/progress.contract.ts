import type { SubmissionProgress } from '@tensormark/records';
import { z } from 'zod';

export const STEPS = ['received', 'reading', 'split', 'marking', 'done', 'failed'] as const;

/** One event of the stream, as its `data` in JSON. */
export const Progress = z
  .object({
    step: z.enum(STEPS),
    marked: z.int().meta({ description: 'Parts the machine is through with' }),
    parts: z.int(),
  })
  .meta({ id: 'Progress' });
export type Progress = z.infer<typeof Progress>;

export function progressOf({ state, parts, answers, proposed }: SubmissionProgress): Progress {
  return { step: stepOf(state, answers, proposed), marked: Math.min(proposed, parts), parts };
}

function stepOf(state: SubmissionProgress['state'], answers: number, proposed: number): Progress['step'] {
  switch (state) {
    case 'received':
      return 'received';
    case 'splitting':
      return answers === 0 ? 'reading' : 'split';
    case 'marking':
      return proposed === 0 ? 'split' : 'marking';
    case 'ready':
    case 'needs-person':
      return 'done';
    case 'failed':
      return 'failed';
  }
}

/** Nothing comes after these. */
export function isLast({ step }: Progress): boolean {
  return step === 'done' || step === 'failed';
}
