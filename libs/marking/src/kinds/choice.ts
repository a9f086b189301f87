import { z } from 'zod';
import { Identifier, partFields, Prose } from '../exam/fields.js';
import { lintChoice } from '../lint/choice.js';
import { formatMarks } from '../marks.js';
import type { QuestionKind } from './kind.js';

export const ChoicePart = z
  .strictObject({
    ...partFields,
    kind: z.literal('choice').describe('Options are given, and read where they are plainly named'),
    options: z
      .array(
        z.strictObject({
          id: Identifier.describe('What students write to choose it, such as b'),
          says: Prose.describe('The option, as students read it'),
        }),
      )
      .min(2)
      .max(26)
      .describe('What students choose from'),
    correct: z.array(Identifier).min(1).describe('The ids of the right options: these and no others'),
  })
  .superRefine((part, context) => {
    const known = new Set(part.options.map((option) => option.id.toLowerCase()));
    if (known.size < part.options.length) {
      context.addIssue({ code: 'custom', path: ['options'], message: 'two options have the same id' });
    }
    part.correct.forEach((id, at) => {
      if (known.has(id.toLowerCase())) return;
      context.addIssue({ code: 'custom', path: ['correct', at], message: `there is no option "${id}"` });
    });
  });
export type ChoicePart = z.infer<typeof ChoicePart>;

/** A choice is read only where it is plainly written; an answer that hedges goes to a person. */
export const choice: QuestionKind<ChoicePart> = {
  items: (part) => [
    { id: 'choice', says: `The right choice: ${part.correct.join(', ')}`, marks: part.marks },
  ],
  mark(part, answer) {
    const item = {
      item: 'choice',
      says: `The right choice: ${part.correct.join(', ')}`,
      available: formatMarks(part.marks),
    };
    const chosen = readChoice(answer, part);
    if (chosen === undefined) {
      return {
        outcome: 'needs-person',
        marks: null,
        doubt: 1,
        summary: 'It is not plain which options were chosen.',
        items: [
          {
            ...item,
            proposed: null,
            outcome: 'undecided',
            reason: 'No options are plainly named.',
            evidence: [],
          },
        ],
        evidence: [],
      };
    }
    const right = new Set(part.correct.map((id) => id.toLowerCase()));
    const correct = chosen.ids.size === right.size && [...right].every((id) => chosen.ids.has(id));
    const marks = formatMarks(correct ? part.marks : 0n);
    const says = `Chose ${[...chosen.ids].join(', ')}; the scheme says ${part.correct.join(', ')}.`;
    return {
      outcome: 'proposed',
      marks,
      doubt: 0.05,
      summary: says,
      items: [
        {
          ...item,
          proposed: marks,
          outcome: correct ? 'met' : 'not-met',
          reason: says,
          evidence: [{ kind: 'fact', span: chosen.span, says }],
        },
      ],
      evidence: [],
    };
  },
  lint: (part) => lintChoice(part),
};

/** The options named by an answer such as "b", "(B)", "Answer: b and d" or an option's own words; else undefined. */
function readChoice(
  answer: string,
  part: ChoicePart,
): { ids: Set<string>; span: { start: number; end: number } } | undefined {
  const start = answer.length - answer.trimStart().length;
  const text = answer.trim();
  const span = { start, end: start + text.length };
  const known = new Set(part.options.map((option) => option.id.toLowerCase()));
  const bare = text
    .replace(/^(?:my\s+)?(?:answers?|options?|choices?)\s*(?:is|are)?\s*[:=-]?\s*/i, '')
    .replace(/[*_`().[\]]/g, ' ')
    .trim();
  const tokens = bare.split(/(?:\s|,|;|&|\band\b|\+)+/i).filter((token) => token !== '');
  if (tokens.length > 0 && tokens.every((token) => known.has(token.toLowerCase()))) {
    return { ids: new Set(tokens.map((token) => token.toLowerCase())), span };
  }
  const words = normalise(text);
  const spelt = part.options.filter((option) => normalise(option.says) === words);
  const [only] = spelt;
  if (spelt.length === 1 && only !== undefined) return { ids: new Set([only.id.toLowerCase()]), span };
  return undefined;
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
