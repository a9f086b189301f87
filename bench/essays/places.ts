import { truthOf, type EvaluatedQuestion, type Truth } from '../../libs/essays/evaluation/evaluated.js';
import { FEATURE_NAMES, type Features } from '../../libs/essays/src/match/features.js';
import { prepareAssessor, type Assessor, type Suggestion } from '../../libs/essays/src/index.js';
import type { Coefficients } from '../../libs/essays/src/judge/scorer.js';

/** What was suggested for one item of one answer, beside what is so. */
export interface Place {
  readonly question: string;
  readonly answer: string;
  readonly text: string;
  readonly truth: Truth;
  readonly suggestion: Suggestion;
  /** Whether the sentence shown shares a character with a span that a person marked; undefined where either is missing. */
  readonly rightSentence: boolean | undefined;
}

export function placesOf(question: EvaluatedQuestion, coefficients?: Coefficients): readonly Place[] {
  const assessor: Assessor = prepareAssessor(question, coefficients);
  return question.answers.flatMap((answer) =>
    assessor.assess(answer.text).suggestions.map((suggestion): Place => {
      const { span, item } = suggestion;
      const truth = truthOf(answer, item);
      const spans = answer.spans.filter((each) => each.item === item && each.truth === 'covered');
      return {
        question: question.name,
        answer: answer.name,
        text: answer.text,
        truth,
        suggestion,
        rightSentence:
          span === undefined || truth !== 'covered'
            ? undefined
            : spans.some(({ start, end }) => start < span.end && span.start < end),
      };
    }),
  );
}

export function numbersOf(features: Features): readonly number[] {
  return FEATURE_NAMES.map((name) => features[name]);
}
