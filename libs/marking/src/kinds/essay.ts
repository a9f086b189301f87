import { prepareAssessor, type Assessor, type Suggestion } from '@tensormark/essays';
import { z } from 'zod';
import { EssayItem, WrongStatement } from '../exam/essay-fields.js';
import { itemsThatDoNotAddUp, partFields } from '../exam/fields.js';
import { lintMisconceptions } from '../lint/misconceptions.js';
import { lintRubric } from '../lint/rubric.js';
import { formatMarks } from '../marks.js';
import type { Evidence } from '../proposal.js';
import { mentionsOf } from './mentions.js';
import type { QuestionKind } from './kind.js';

export const EssayPart = z
  .strictObject({
    ...partFields,
    kind: z.literal('essay').describe('Prose: a person marks it, and is shown where each item is spoken to'),
    rubric: z.array(EssayItem).min(1).max(40).describe('What a good answer says, each item with its marks'),
    misconceptions: z
      .array(WrongStatement)
      .max(40)
      .optional()
      .describe('Wrong statements to look for; they are shown to the marker and take no marks'),
  })
  .superRefine((part, context) => {
    const says = itemsThatDoNotAddUp(part.marks, part.rubric);
    if (says !== undefined) context.addIssue({ code: 'custom', path: ['rubric'], message: says });
  });
export type EssayPart = z.infer<typeof EssayPart>;

/**
 * An essay is a person's to mark. The machine shows for each rubric item which sentence speaks to it, whether it seems to
 * cover or to contradict it or leaves it unclear, and where terms of the item stand. It proposes no marks.
 */
export const essay: QuestionKind<EssayPart> = {
  items: (part) => part.rubric,
  mark(part, answer, _instruments, _run, asked = part.prompt) {
    const { suggestions, misconceptions, notes, scorer } = assessorOf(part, asked).assess(answer);
    const items = part.rubric.map((item) => {
      const suggestion = suggestions.find((each) => each.item === item.id);
      const mentions = mentionsOf(item, answer);
      const verdict = suggestion?.verdict ?? 'no-evidence-found';
      const onlyNamed = verdict === 'no-evidence-found' && mentions.length > 0;
      return {
        item: item.id,
        says: item.says,
        available: formatMarks(item.marks),
        proposed: null,
        outcome: 'undecided' as const,
        reason: onlyNamed ? ONLY_NAMED : REASONS[verdict],
        evidence: [
          ...(suggestion === undefined
            ? []
            : [{ ...evidenceOf(suggestion, scorer), ...(onlyNamed && { says: ONLY_NAMED }) }]),
          ...mentions,
        ],
      };
    });
    return {
      outcome: 'needs-person',
      marks: null,
      doubt: 1,
      summary: summaryOf(suggestions.map(({ verdict }) => verdict)),
      items,
      evidence: [
        ...misconceptions.map(({ misconception, span }): Evidence => {
          const listed = part.misconceptions?.find(({ id }) => id === misconception);
          return {
            kind: 'misconception',
            span,
            explanations: [listed?.why ?? listed?.says ?? misconception],
            says: `This may be the wrong statement "${listed?.says ?? misconception}"`,
          };
        }),
        ...notes.map((says): Evidence => ({ kind: 'caution', says })),
      ],
    };
  },
  lint: (part, _, asked) => [
    ...lintRubric(part.marks, part.rubric, 'rubric', asked),
    ...lintMisconceptions(part.misconceptions ?? []),
  ],
};

/** How it is said of one item and of several. */
const FOUND: readonly (readonly [Suggestion['verdict'], one: string, several: string])[] = [
  ['likely-covered', 'seems covered', 'seem covered'],
  ['unclear', 'is unclear', 'are unclear'],
  ['possible-conflict', 'may be contradicted', 'may be contradicted'],
  ['no-evidence-found', 'was not found', 'were not found'],
];

/** What was found for the items of an essay, in a sentence. */
export function summaryOf(verdicts: readonly Suggestion['verdict'][]): string {
  const of = verdicts.length === 1 ? 'The one rubric item' : `Of ${verdicts.length} rubric items`;
  const said = FOUND.flatMap(([verdict, one, several]) => {
    const count = verdicts.filter((each) => each === verdict).length;
    if (count === 0) return [];
    return verdicts.length === 1 ? [one] : [`${count} ${count === 1 ? one : several}`];
  });
  return said.length === 0
    ? 'A person marks this essay.'
    : `A person marks this essay. ${of} ${said.join(', ')}.`;
}

const REASONS: Readonly<Record<Suggestion['verdict'], string>> = {
  'likely-covered': 'A sentence seems to say this; whether it earns the marks is for a person.',
  unclear: 'A sentence speaks of this, and it is not clear that it says it; a person decides.',
  'possible-conflict': 'A sentence speaks of this and may say the opposite; a person decides.',
  'no-evidence-found': 'No sentence was found that speaks to this; it may be said in other words.',
};

const ONLY_NAMED = 'It is named, and no sentence was found that says this; it may be said in other words.';

function evidenceOf(suggestion: Suggestion, scorer: string): Evidence {
  const { item, verdict, span, confidence, because } = suggestion;
  return {
    kind: 'suggestion',
    item,
    verdict,
    ...(span && { span: { start: span.start, end: span.end } }),
    ...(confidence !== undefined && { confidence }),
    scorer,
    says: because.join(' '),
  };
}

/** A question is read once, however many answers follow. */
const ASSESSORS = new WeakMap<EssayPart, { readonly asked: string; readonly assessor: Assessor }>();

function assessorOf(part: EssayPart, asked: string): Assessor {
  const known = ASSESSORS.get(part);
  if (known?.asked === asked) return known.assessor;
  const assessor = prepareAssessor({ asked, points: part.rubric, misconceptions: part.misconceptions ?? [] });
  ASSESSORS.set(part, { asked, assessor });
  return assessor;
}
