import { z } from 'zod';

/** One line of text that people type: no control characters, no blank ends. */
export function line(longest: number): z.ZodString {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}*$/u, 'has control characters');
}
