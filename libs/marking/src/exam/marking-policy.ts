import { z } from 'zod';
import { MarksField } from './fields.js';

/** A share in hundredths of a percent, exactly: 10000 is all. */
export type Share = number;
const ALL: Share = 10_000;
const SHARE = /^(\d{1,3})(?:\.(\d{1,2}))?\s*%$/;

/** A share as an examiner writes it: "10%" or "2.5%". */
const ShareField = z
  .string({ error: 'expected a share, such as 10%' })
  .transform((written, context): Share => {
    const [, whole = '', fraction = ''] = SHARE.exec(written.trim()) ?? [];
    const share = whole === '' ? ALL + 1 : Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
    if (share > ALL) {
      context.addIssue({ code: 'custom', message: 'expected a share from 0% to 100%, such as 10%' });
      return z.NEVER;
    }
    return share;
  });

/** How marking is organised. No mark of an answer depends on it, so it may change at any time. */
export const MarkingPolicy = z.strictObject({
  order: z
    .enum(['most-doubtful-first', 'shuffled'])
    .default('most-doubtful-first')
    .describe('In which order answers await a mark; shuffled is another order for each marker.'),
  hiddenProposals: ShareField.default(0).describe(
    'For which share of the answers the machine’s proposal is kept back until a person has decided, so that the two can be compared.',
  ),
  step: MarksField.default(500n).describe(
    'In which steps marks are given; agreement within one step is counted in it.',
  ),
  seed: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('What samples are drawn by; the name of the exam where left out.'),
});
export type MarkingPolicy = z.infer<typeof MarkingPolicy>;

/** What holds where an exam says nothing about it. */
export const USUAL_POLICY: MarkingPolicy = MarkingPolicy.parse({});
