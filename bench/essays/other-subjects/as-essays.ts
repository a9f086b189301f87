import type { EvaluatedQuestion, MarkedSpan } from '../../../libs/essays/evaluation/evaluated.js';
import type { ShortAnswer, ShortAnswerQuestion } from '../labels.js';

interface Asked extends ShortAnswerQuestion {
  readonly answers: readonly (ShortAnswer & {
    /** Where the point is made; where nobody marked it, the whole answer counts. */
    readonly span?: { readonly start: number; readonly end: number } | undefined;
  })[];
}

/** A short-answer question as an essay with one rubric item: its first reference answer, and the others as wordings of it. */
export function asEssay({ id, asked, references, answers }: Asked): EvaluatedQuestion {
  const [says = '', ...wordings] = references;
  return {
    name: id,
    asked,
    points: [{ id: 'reference', says, wordings }],
    answers: answers.map(({ text, truth, span }, at) => {
      const spans: MarkedSpan[] =
        truth === 'absent'
          ? []
          : [{ item: 'reference', truth, start: span?.start ?? 0, end: span?.end ?? text.length }];
      return { name: `${at}`, text, spans };
    }),
  };
}
