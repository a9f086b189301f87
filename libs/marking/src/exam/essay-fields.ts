import { z } from 'zod';
import { Identifier, Prose, RubricItem } from './fields.js';

const Word = z.string().trim().min(1).max(80);

/** One line of an essay's scheme: what an answer may say, and in which other words it may say it. */
export const EssayItem = RubricItem.extend({
  wordings: z
    .array(Prose)
    .max(20)
    .optional()
    .describe(
      'Other ways to say it that are accepted, each a sentence; they find places and never give marks',
    ),
  synonyms: z
    .array(z.tuple([Word], Word))
    .max(20)
    .optional()
    .describe('Words that mean the same for this item, such as [[unit, cell, neuron]]'),
});
export type EssayItem = z.infer<typeof EssayItem>;

/** A wrong statement that answers are known to make. Where one is found, the marker is shown the sentence. */
export const WrongStatement = z.strictObject({
  id: Identifier.describe('A short name for it'),
  says: Prose.describe('The wrong statement itself: "Batch normalisation removes overfitting."'),
  wordings: z.array(Prose).max(20).optional().describe('Other ways in which it is said'),
  why: Prose.optional().describe('What is wrong about it, for the marker'),
});
export type WrongStatement = z.infer<typeof WrongStatement>;
