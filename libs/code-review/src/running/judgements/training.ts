import { curve, judgement, numbers, type Known } from '../judgement.js';

/** Whether what training does by itself can be told: the program's own optimiser, and a start that is known. */
function isFaithful({ network, task }: Known): boolean {
  return (
    task.optimiser !== undefined &&
    !task.assumed &&
    !task.steered &&
    !network.parameters.some(({ start }) => start?.kind === 'unknown')
  );
}

/** So many times the loss at the start is no noise of small batches. */
const BLOWN_UP = 10;

export const diverges = judgement({
  id: 'diverges',
  title: 'Training blows up',
  severity: 'warning',
  why: 'With this optimiser and rate the loss grows instead of falling, even on one small batch.',
  instead: 'Lower the learning rate, by tens.',
  probe: 'overfit',
  ofStart: true,
  judge({ optimiser, losses, first, last, ended }, known) {
    if (!isFaithful(known)) return undefined;
    const grown = Number(last) > BLOWN_UP * Math.max(Number(first), 1);
    if (!(ended === 'not-finite' || (ended === 'steps' && grown))) return undefined;
    const steps = losses.length - 1;
    const rate = optimiser.arguments['lr'];
    return {
      message: `With ${optimiser.type}${typeof rate === 'number' ? ` and a learning rate of ${rate}` : ''} the loss on one batch goes from ${short(first)} to ${short(last)} in ${steps} ${steps === 1 ? 'step' : 'steps'}.`,
      place: known.task.optimiserPlace,
      evidence: [curve('loss', losses), numbers(['loss at the start', first], ['loss at the end', last])],
    };
  },
});

function short(value: number | string): string {
  return typeof value === 'number' ? value.toPrecision(3) : value;
}

export const nothingLearned = judgement({
  id: 'nothing-learned',
  title: 'Nothing moves in training',
  severity: 'warning',
  why: 'Steps of the optimiser leave every parameter as it was.',
  instead: 'Check the learning rate, and what the optimiser was given.',
  probe: 'parameters-move',
  judge({ optimiser, parameters, steps }, known) {
    const trained = parameters.filter(({ trainable }) => trainable);
    if (!isFaithful(known) || trained.length === 0 || trained.some(({ change }) => change !== 0))
      return undefined;
    return {
      message: `${steps} steps of ${optimiser.type} leave every parameter exactly as it was.`,
      place: known.task.optimiserPlace,
      evidence: [numbers(['largest change of any parameter', 0])],
    };
  },
});

/** Three times ln C and two more: rarely met by chance. */
const FACTOR = 3;
const MARGIN = 2;

export const initialLoss = judgement({
  id: 'initial-loss',
  title: 'The loss starts far above guessing',
  severity: 'remark',
  why: 'Scores that start large make the first steps undo the initialisation.',
  instead: 'Start the last layer smaller, or normalise what it is given.',
  probe: 'initial-loss',
  ofStart: true,
  judge({ loss, expected }, { network, task }) {
    if (
      expected === undefined ||
      task.assumed ||
      network.parameters.some(({ start }) => start?.kind === 'unknown')
    )
      return undefined;
    if (!(Number(loss) > FACTOR * expected + MARGIN)) return undefined;
    return {
      message: `The loss starts at ${short(loss)}, where guessing evenly costs ${short(expected)}.`,
      place: undefined,
      evidence: [numbers(['loss at the start', loss], ['ln C', expected])],
    };
  },
});
