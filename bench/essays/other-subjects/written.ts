import type { ShortAnswer, ShortAnswerQuestion } from '../public-sets.js';

/** As public sets of short answers label them. */
export type Label = 'correct' | 'partial' | 'contradictory' | 'irrelevant' | 'non-domain';

/** What it was given of five, its label, the answer. `[[…]]` marks what makes the point, where the answer has more than that. */
export type Row = readonly [score: number, label: Label, answer: string];

const TRUTHS: Readonly<Record<Label, ShortAnswer['truth']>> = {
  correct: 'covered',
  partial: 'partly',
  contradictory: 'contradicted',
  irrelevant: 'absent',
  'non-domain': 'absent',
};

export interface OtherAnswer extends ShortAnswer {
  /** Where the point is made; undefined where nobody marked it. */
  readonly span: { readonly start: number; readonly end: number } | undefined;
}

export interface OtherQuestion extends ShortAnswerQuestion {
  readonly answers: readonly OtherAnswer[];
}

export function written(
  id: string,
  asked: string,
  references: readonly string[],
  answers: readonly Row[],
): OtherQuestion {
  return {
    id,
    asked,
    references,
    answers: answers.map(([score, label, answer]) => {
      const start = answer.indexOf('[[');
      const end = answer.indexOf(']]') - 2;
      return {
        text: answer.replace('[[', '').replace(']]', ''),
        score: score / 5,
        truth: TRUTHS[label],
        span: start === -1 ? undefined : { start, end },
      };
    }),
  };
}
