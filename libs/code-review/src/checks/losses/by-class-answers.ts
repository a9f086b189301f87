import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { classAnswers, nameBehind } from '../../ask/class-answers.js';
import type { ClassAnswer } from '../../ask/class-answers.js';
import { writtenLoss } from '../../ask/loss-names.js';
import { places } from '../../ask/places.js';
import { callsOf, holds, statementsOf, targetsOf } from '../../ask/tree.js';

/** A loss of PyTorch’s, computed of the very scores and labels that an answer compares, in the same function. */
interface Lost {
  readonly answer: ClassAnswer;
  readonly name: string;
  readonly call: tree.Call;
  readonly target: tree.Expression;
}

/** Labels that are made anew on the way have other forms at other places. */
const MADE_ANEW = /one_?hot|\beye\b|scatter|binari[sz]e|get_dummies|mixup|cutmix|smooth/i;

/** Whether a name is given something else between two places: labels that were rows, and are made numbers by a largest of their own. */
function changesBetween(program: Program, name: string, one: Span, other: Span): boolean {
  const [from, to] = [Math.min(one.start, other.start), Math.max(one.end, other.end)];
  return statementsOf(program).some(
    (statement) =>
      statement.kind === 'Assign' &&
      statement.span.start >= from &&
      statement.span.end <= to &&
      targetsOf(statement).includes(name) &&
      new RegExp(String.raw`\b${name}\b`).test(statement.value.span.text) &&
      nameBehind(statement.value.span.text) !== name,
  );
}

function* lossesOfAnswers(program: Program): Generator<Lost> {
  const answers = classAnswers(program);
  if (answers.length === 0 || MADE_ANEW.test(program.source)) return;
  for (const call of callsOf(program)) {
    const [input, target] = call.args;
    if (input === undefined || target === undefined) continue;
    const scores = nameBehind(input.span.text);
    const labels = nameBehind(
      target.span.text.replace(/\.float\(\)|\.to\(torch\.float\w*\)|\.type\([^()]*\)/, ''),
    );
    if (scores === undefined || labels === undefined) continue;
    const answer = answers.find(
      (one) =>
        one.labels === labels &&
        one.scores === scores &&
        (one.within === undefined || holds(one.within, call.span)),
    );
    const name = answer && writtenLoss(program, call);
    if (answer === undefined || name === undefined) continue;
    if (changesBetween(program, labels, call.span, answer.at)) continue;
    if (changesBetween(program, scores, call.span, answer.taken)) continue;
    yield { answer, name, call, target };
  }
}

/** Losses for numbers, of several scores and the number of the class that the largest of them is compared with. */
export function* numbersOfClasses(program: Program): Generator<Found> {
  for (const { answer, name, call } of lossesOfAnswers(program)) {
    if (answer.over === 0 || !/^(mse|l1|smooth_l1)_loss$|^binary_cross_entropy/.test(name)) continue;
    yield {
      at: call.span,
      message: `${call.callee.span.text} takes numbers of one form with the outputs, and ${answer.labels} are numbers of classes: the largest output’s place is compared with them.`,
      evidence: [places(['they are compared here', answer.at])],
    };
    return;
  }
}

/** Labels given to a loss first and the scores they are compared with second. */
export function* answersSwapped(program: Program): Generator<Found> {
  const answers = classAnswers(program);
  if (answers.length === 0) return;
  for (const call of callsOf(program)) {
    const [first, second] = call.args.map(({ span }) => nameBehind(span.text));
    const answer = answers.find(
      ({ labels, scores, within, by }) =>
        by === 'places' &&
        labels === first &&
        scores === second &&
        (within === undefined || holds(within, call.span)),
    );
    const name = answer && writtenLoss(program, call);
    if (
      answer === undefined ||
      name === undefined ||
      !/^(cross_entropy|nll_loss|binary_cross_entropy)/.test(name)
    )
      continue;
    yield {
      at: call.span,
      message: `${call.callee.span.text} is given the labels first and the scores second.`,
      evidence: [places(['the largest score is compared with the labels here', answer.at])],
    };
    return;
  }
}

/** The same numbers given to a loss over classes as floats. */
export function* floatsOfClasses(program: Program): Generator<Found> {
  for (const { answer, name, call, target } of lossesOfAnswers(program)) {
    if (!/^(cross_entropy|nll_loss)$/.test(name) || !/\.float\(\)|\.to\(torch\.float/.test(target.span.text))
      continue;
    yield {
      at: call.span,
      message: `The numbers of the classes are made floats here, and ${call.callee.span.text} takes whole numbers.`,
      evidence: [places(['they are compared with the largest output’s place here', answer.at])],
    };
    return;
  }
}

/** The largest over the batch, of scores that a loss over classes is computed of. */
export function* answersOverBatch(program: Program): Generator<Found> {
  for (const { answer, name } of lossesOfAnswers(program)) {
    if (answer.over !== 0 || !/^(cross_entropy|nll_loss)$/.test(name)) continue;
    yield {
      at: answer.taken,
      message:
        'The largest is taken over dimension 0, the batch, and is compared with the labels of its examples.',
      evidence: [places(['it is compared here', answer.at])],
    };
    return;
  }
}

const LABELS = /label|target|truth|^(y|gt|classes|y_\w+|\w+_y)$/i;

/** Scores compared with labels, by names alone. */
export function* valuesForAnswers(program: Program): Generator<Found> {
  for (const { by, labels, scores, at, taken } of classAnswers(program)) {
    if (by !== 'values' || !LABELS.test(labels) || LABELS.test(scores)) continue;
    yield {
      at,
      message:
        'The largest scores are compared with the numbers of the classes; their places are the second of what max gives.',
      evidence: [places(['max is taken here', taken])],
    };
    return;
  }
}
