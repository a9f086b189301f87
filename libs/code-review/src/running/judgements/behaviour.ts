import { isCall, type Network } from '@tensormark/network';
import { judgement, numbers } from '../judgement.js';

/** Relative to the outputs' size: far above what rounding does. */
const FELT = 1e-3;

export const rowsMixed = judgement({
  id: 'rows-mixed',
  title: 'Rows of a batch change each other',
  severity: 'warning',
  why: 'What the network says of one example depends on which others happen to be beside it, in evaluation too.',
  instead:
    'Reshape and normalise within each example: keep the first axis for the batch, and softmax or average over the others.',
  probe: 'rows-independent',
  judge({ modes }, { network }) {
    const evaluation = modes.find(({ mode }) => mode === 'evaluation');
    if (evaluation === undefined || !(Number(evaluation.influence) > FELT)) return undefined;
    if (evaluation.batchStatistics.length > 0 || network.inputs.length !== 1 || hasTimeFirst(network))
      return undefined;
    return {
      message: 'One example of a batch changes what the network gives for another.',
      place: undefined,
      evidence: [numbers(['influence on another row, relative to its own', evaluation.influence])],
    };
  },
});

/** Layers that take the length first: then the first axis is not the batch, by design. */
function hasTimeFirst(network: Network): boolean {
  return network.nodes.some(
    (node) => isCall(node) && node.layer !== undefined && node.layer.config['batch_first'] === false,
  );
}

export const inputIgnored = judgement({
  id: 'input-ignored',
  title: 'The output does not depend on the input',
  severity: 'warning',
  why: 'A network that gives the same for everything can learn nothing but an average.',
  instead:
    'Follow the input through the forward pass: somewhere it is replaced, multiplied by zero, or squashed to a constant.',
  probe: 'input-matters',
  judge({ spread }, { network }) {
    if (spread !== 0 || network.parameters.some(({ start }) => start !== undefined)) return undefined;
    return {
      message: 'Different inputs give exactly the same output.',
      place: undefined,
      evidence: [numbers(['how far outputs of different inputs lie apart', spread])],
    };
  },
});

export const dropoutInEvaluation = judgement({
  id: 'dropout-in-eval',
  title: 'Dropout that evaluation does not switch off',
  severity: 'warning',
  why: 'Predictions are random, and worse than the network could give.',
  instead: 'Use nn.Dropout, or hand F.dropout training=self.training.',
  probe: 'modes',
  judge({ evaluationRepeats, active }) {
    const dropped = active.find(
      ({ mode, behaviour, operation }) =>
        mode === 'evaluation' && behaviour === 'random' && /dropout/i.test(operation),
    );
    if (dropped === undefined || !(Number(evaluationRepeats) > 0)) return undefined;
    return {
      message: `In evaluation mode ${dropped.operation} still drops at random: the same input gives two results.`,
      place: dropped.place,
      evidence: [numbers(['difference between two evaluations of one input', evaluationRepeats])],
    };
  },
});
