import { z } from 'zod';
import type { Marks } from '../marks.js';
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

const WORDS: Readonly<Record<string, string>> = { all: '100%', none: '0%' };

/** Whose answers somebody else marks too, without seeing the first mark. */
const OfField = z
  .string({ error: 'expected all, none or a share, such as 20%' })
  .transform((written) => WORDS[written] ?? written)
  .pipe(ShareField);

/** By which mark two stand who differ by no more than the tolerance. */
const AgreedField = z.enum(['first', 'mean']);
export type AgreedBy = z.infer<typeof AgreedField>;

const SecondMarkingField = z.strictObject({
  of: OfField.default(ALL).describe('Which answers are marked twice: all, none or a share, such as 20%.'),
  tolerance: MarksField.default(0n).describe(
    'By how many marks two may differ; where they differ by more, somebody else decides.',
  ),
  agreed: AgreedField.default('first').describe(
    'What stands within the tolerance: the first mark, or the mean of both to the nearest step (a half to the even one).',
  ),
  parts: z
    .record(
      z.string().min(1).max(130),
      z.strictObject({
        of: OfField.optional().describe('Which of its answers are marked twice: all, none or a share'),
        tolerance: MarksField.optional().describe('By how many marks two may differ here'),
        agreed: AgreedField.optional().describe('What stands within the tolerance here'),
      }),
    )
    .optional()
    .describe('What is other for single parts, by their keys, such as 1.a.'),
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
  secondMarking: SecondMarkingField.optional().describe(
    'Whose answers a second marker marks too, without seeing the first mark; nobody’s where left out.',
  ),
  step: MarksField.refine((step) => step > 0n, 'expected a step above 0')
    .default(500n)
    .describe('In which steps marks are given; agreement within one step is counted in it.'),
  seed: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('What samples are drawn by; the name of the exam where left out.'),
});
export type MarkingPolicy = z.infer<typeof MarkingPolicy>;

/** What second marking of one part comes to. */
export interface SecondMarkingOfPart {
  readonly share: Share;
  readonly tolerance: Marks;
  readonly agreed: AgreedBy;
  /** In which steps marks are given. */
  readonly step: Marks;
}

/** Null where the part is not marked twice. */
export function secondMarkingOf(
  { secondMarking, step }: MarkingPolicy,
  part: string,
): SecondMarkingOfPart | null {
  if (secondMarking === undefined) return null;
  const own = secondMarking.parts?.[part] ?? {};
  const { of: share, tolerance, agreed } = secondMarking;
  const whole: SecondMarkingOfPart = {
    share: own.of ?? share,
    tolerance: own.tolerance ?? tolerance,
    agreed: own.agreed ?? agreed,
    step,
  };
  return whole.share === 0 ? null : whole;
}

/** What holds where an exam says nothing about it. */
export const USUAL_POLICY: MarkingPolicy = MarkingPolicy.parse({});
