import { truthOf, type EvaluatedQuestion } from '../../libs/essays/evaluation/evaluated.js';
import { nearestPlaces, prepareAssessor } from '../../libs/essays/src/index.js';

/**
 * Whether marked answers help: each answer is looked at as if all others to its question were marked and their covering sentences
 * accepted. What is offered is told apart by what the scorer alone says of the item.
 */
export function markedLine(questions: readonly EvaluatedQuestion[]): string {
  const told = { all: tally(), left: tally() };
  for (const question of questions) {
    const assessor = prepareAssessor(question);
    for (const answer of question.answers) {
      const others = question.answers.filter((other) => other !== answer);
      const segments = others.flatMap((other) =>
        other.spans
          .filter(({ truth }) => truth === 'covered')
          .map(({ item, start, end }) => ({
            answer: other.name,
            item,
            said: question.points.find(({ id }) => id === item)?.says ?? '',
            text: other.text.slice(start, end),
          })),
      );
      const { suggestions } = assessor.assess(answer.text);
      for (const place of nearestPlaces(question, answer.text, { answers: others.length, segments })) {
        const verdict = suggestions.find(({ item }) => item === place.item)?.verdict;
        const isRight =
          truthOf(answer, place.item) === 'covered' &&
          answer.spans.some(
            ({ item, truth, start, end }) =>
              item === place.item && truth === 'covered' && start < place.span.end && place.span.start < end,
          );
        count(told.all, isRight);
        if (verdict !== 'likely-covered') count(told.left, isRight);
      }
    }
  }
  const share = ({ right, all }: Tally): string => `${right} of ${all}`;
  return `  sentences like one accepted in another answer: ${share(told.all)} make the point; where the scorer itself left it open: ${share(told.left)}\n`;
}

interface Tally {
  right: number;
  all: number;
}

function tally(): Tally {
  return { right: 0, all: 0 };
}

function count(to: Tally, isRight: boolean): void {
  to.all += 1;
  to.right += isRight ? 1 : 0;
}
