import { z } from 'zod';
import { PartKey } from '../exams/exams.contract.js';

export const SharedPassagesQuery = z.strictObject({ part: PartKey });
export type SharedPassagesQuery = z.infer<typeof SharedPassagesQuery>;

const Span = z.object({ start: z.int(), end: z.int() });

const Written = z.object({
  answer: z.string(),
  candidate: z.string().meta({ description: 'By pseudonym' }),
  text: z.string(),
});

const passagesBetween = (one: string, other: string) =>
  z.array(
    z.object({
      one: Span.meta({ description: `Of ${one}` }),
      other: Span.meta({ description: `Of ${other}` }),
      words: z.int().meta({ description: 'Words of it that are the same in both' }),
      longest: z.int().meta({ description: 'The most of them in a row' }),
    }),
  );

const told = {
  longest: z.int().meta({ description: 'The most words in a row' }),
  words: z.int().meta({ description: 'Words of all passages' }),
};

export const SharedPassagesView = z
  .object({
    compared: z.int().meta({ description: 'Answers that were compared' }),
    left: z.boolean().meta({ description: 'Whether there are more answers or pairs than are told of' }),
    given: z.string().meta({ description: 'The question, and code that was given with it' }),
    pairs: z
      .array(
        z.object({
          one: Written,
          other: Written,
          passages: passagesBetween('the first answer', 'the second answer'),
          ...told,
        }),
      )
      .meta({ description: 'Those with the longest row of words first' }),
    withQuestion: z.array(
      z.object({ answer: Written, passages: passagesBetween('the answer', '`given`'), ...told }),
    ),
  })
  .meta({
    id: 'SharedPassages',
    description:
      'What answers to a part share with each other and with the question. It says nothing about how that came; a person reads both texts.',
  });
export type SharedPassagesView = z.infer<typeof SharedPassagesView>;
