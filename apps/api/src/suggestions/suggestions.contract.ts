import { z } from 'zod';

export const NewSuggestionDecision = z
  .strictObject({
    item: z.string().min(1).max(200),
    accepted: z.boolean().meta({ description: 'Whether the suggestion is right about this answer' }),
    proposal: z.uuid().meta({ description: 'The proposal you were looking at (`proposalId`)' }),
  })
  .meta({ id: 'NewSuggestionDecision' });
export type NewSuggestionDecision = z.infer<typeof NewSuggestionDecision>;

export const SuggestionDecision = z
  .object({ item: z.string(), accepted: z.boolean() })
  .meta({ id: 'SuggestionDecision', description: "A marker's word on what is suggested for an item" });
export type SuggestionDecision = z.infer<typeof SuggestionDecision>;

export const ItemAcceptance = z
  .object({
    part: z.string(),
    item: z.string(),
    says: z.string(),
    scorer: z.string(),
    decided: z.int().meta({ description: 'Answers whose suggestion a marker has accepted or rejected' }),
    accepted: z.int(),
    coveredDecided: z.int().meta({ description: 'Of those, the ones suggested as covered' }),
    coveredAccepted: z.int(),
    silent: z.boolean().meta({ description: 'Rejected so often that nothing more is suggested' }),
  })
  .meta({ id: 'ItemAcceptance', description: "How often a scorer's suggestions for an item were accepted" });
export type ItemAcceptance = z.infer<typeof ItemAcceptance>;

export const MarkedExample = z
  .object({
    item: z.string(),
    span: z
      .object({ start: z.int(), end: z.int() })
      .meta({ description: 'Of this answer: the sentence that says the same' }),
    example: z
      .string()
      .meta({ description: 'The sentence of another answer that a marker accepted for the item' }),
    answer: z.string().meta({ description: 'The other answer' }),
    candidate: z.string().meta({ description: 'Who wrote it, by pseudonym' }),
  })
  .meta({
    id: 'MarkedExample',
    description: 'A sentence that says the same as one a marker accepted in another answer to the part',
  });
export type MarkedExample = z.infer<typeof MarkedExample>;
