import { z } from 'zod';
import { formatMarks, parseMarks, type Marks } from '../marks.js';

/** Marks as an examiner writes them: 2, 7.5 or "7.5"; at most three decimals, never negative. */
export const MarksField = z
  .union([z.number(), z.string()], { error: 'expected marks, such as 2 or 1.5' })
  .transform((written, context): Marks => {
    const marks = parseMarks(String(written));
    if (marks === undefined || marks < 0n) {
      context.addIssue({
        code: 'custom',
        message: 'expected marks, such as 2 or 1.5, with at most three decimals',
      });
      return z.NEVER;
    }
    return marks;
  });

/** Marks that a line of a scheme gives or, where negative, takes away: 2, 0.5 or -1. */
export const SignedMarksField = z
  .union([z.number(), z.string()], { error: 'expected marks, such as 2 or -0.5' })
  .transform((written, context): Marks => {
    const marks = parseMarks(String(written));
    if (marks === undefined) {
      context.addIssue({
        code: 'custom',
        message: 'expected marks, such as 2 or -0.5, with at most three decimals',
      });
      return z.NEVER;
    }
    return marks;
  });

/** Names things within an exam: kept short because it stands in addresses, reports and evidence. */
export const Identifier = z
  .union([z.string(), z.int().transform(String)])
  .pipe(
    z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
        'expected a short name, such as 1, a or my-exam: letters from a to z, digits, ".", "_" or "-", at most 64 and no blanks',
      ),
  );

export const Prose = z.string().trim().min(1, 'expected some text').max(20_000);

/** Words or phrases that show where an answer speaks to an item; they find places and never give marks. */
export const Terms = z.array(z.string().trim().min(2).max(80)).max(40).default([]);

/** What the student reads where an item was applied, unless the marker writes something else. */
export const Feedback = z.string().trim().min(1).max(2000);

/** What markers read beside an item, and no student ever does. */
const MarkersNote = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .optional()
  .describe('What markers alone read beside it, such as what still counts: it is in no paper and no report');

/** What a marker may give or take on top of what the scheme of the kind gives: never proposed by the machine. */
export const Adjustment = z.strictObject({
  id: Identifier.describe('A short name; it stands in exports beside the marks given'),
  says: Prose.describe('What it is given or taken for, as the marker and the student read it'),
  marks: SignedMarksField.describe('What it gives or, where negative, takes'),
  feedback: Feedback.optional().describe('What the student reads where it was applied'),
  note: MarkersNote,
});
export type Adjustment = z.infer<typeof Adjustment>;

/** What every part has, whatever its kind. */
export const partFields = {
  id: Identifier.describe('The number or letter that students write above their answer, such as 2 or a'),
  title: z.string().trim().min(1).max(200).optional().describe('A few words that name it on the paper'),
  marks: MarksField.describe('The most that an answer gets, such as 4 or 2.5'),
  prompt: Prose.describe('What is asked, as students read it: Markdown, with formulas between $ signs'),
  floor: MarksField.optional().describe(
    'What an answer never gets less than, whatever is taken; 0 where left out',
  ),
  cap: MarksField.optional().describe("What an answer never gets more than; the part's marks where left out"),
  adjustments: z
    .array(Adjustment)
    .min(1)
    .max(20)
    .optional()
    .describe('Further items that a marker may apply, with positive or negative marks'),
};

/** One line of a marking scheme that a person awards. */
export const RubricItem = z.strictObject({
  id: Identifier.describe('A short name; it stands in exports beside the marks given'),
  says: Prose.describe(
    'What a good answer says: the marker awards it, and the student reads it beside the marks',
  ),
  marks: SignedMarksField.describe('What the item gives or, where negative, takes'),
  terms: Terms.describe(
    'Words that show where an answer speaks to the item: they are lit for the marker and give no marks',
  ),
  feedback: Feedback.optional().describe('What the student reads where the item was applied'),
  note: MarkersNote,
});
export type RubricItem = z.infer<typeof RubricItem>;

/** Says why the items of a part cannot give its marks, or undefined when they can. */
export function itemsThatDoNotAddUp(
  available: Marks,
  items: readonly { marks: Marks }[],
): string | undefined {
  let sum = 0n;
  for (const { marks } of items) if (marks > 0n) sum += marks;
  if (sum >= available) return undefined;
  return `the items give ${formatMarks(sum)} ${sum === 1000n ? 'mark' : 'marks'} together, so the ${formatMarks(available)} of this part can never be reached: give the items more, or the part less`;
}
