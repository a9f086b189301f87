import { z } from 'zod';
import { itemsThatDoNotAddUp, partFields, RubricItem } from '../exam/fields.js';
import { lintRubric } from '../lint/rubric.js';
import { formatMarks } from '../marks.js';
import { mentionsOf } from './mentions.js';
import type { QuestionKind } from './kind.js';

export const EssayPart = z
  .strictObject({
    ...partFields,
    kind: z.literal('essay'),
    rubric: z.array(RubricItem).min(1).max(40),
  })
  .superRefine((part, context) => {
    const says = itemsThatDoNotAddUp(part.marks, part.rubric);
    if (says !== undefined) context.addIssue({ code: 'custom', path: ['rubric'], message: says });
  });
export type EssayPart = z.infer<typeof EssayPart>;

/**
 * An essay is a person's to mark. The machine shows where the answer speaks of each rubric item's terms and proposes
 * nothing.
 */
export const essay: QuestionKind<EssayPart> = {
  items: (part) => part.rubric,
  mark(part, answer) {
    const items = part.rubric.map((item) => {
      const evidence = mentionsOf(item, answer);
      return {
        item: item.id,
        says: item.says,
        available: formatMarks(item.marks),
        proposed: null,
        outcome: 'undecided' as const,
        reason: reasonFor(item.terms.length, evidence.length),
        evidence,
      };
    });
    const spokenTo = items.filter((item) => item.evidence.length > 0).length;
    return {
      outcome: 'needs-person',
      marks: null,
      doubt: 1,
      summary: `A person marks this essay; it uses terms of ${spokenTo} of ${items.length} rubric items.`,
      items,
      evidence: [],
    };
  },
  lint: (part, _, asked) => lintRubric(part.marks, part.rubric, 'rubric', asked),
};

function reasonFor(terms: number, mentions: number): string {
  if (terms === 0) return 'The scheme lists no terms for this item, so no places are shown.';
  if (mentions === 0)
    return 'None of the terms listed for this item was found; it may be said in other words.';
  return 'The places shown use terms listed for this item; whether they earn the marks is for a person.';
}
