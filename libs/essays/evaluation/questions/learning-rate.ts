import { marked, type EvaluatedQuestion } from '../evaluated.js';

export const LEARNING_RATE: EvaluatedQuestion = {
  name: 'learning-rate',
  asked:
    'Discuss how the choice of the learning rate affects training with stochastic gradient descent, and how it is set in practice.',
  points: [
    {
      id: 'large',
      says: 'If the learning rate is too large the loss oscillates or diverges.',
      wordings: [
        'Too high a learning rate overshoots the minimum and the loss explodes.',
        'The parameters bounce around the minimum and do not converge.',
      ],
    },
    {
      id: 'small',
      says: 'If it is too small training is very slow or gets stuck.',
      wordings: ['Too low a learning rate makes convergence take very long.'],
    },
    {
      id: 'schedule',
      says: 'The learning rate is decreased during training by a schedule.',
      wordings: ['The learning rate decays over the epochs.', 'Start with a high rate and lower it later.'],
    },
    {
      id: 'warmup',
      says: 'Warm-up starts with a small learning rate and raises it over the first steps.',
      wordings: ['The learning rate is increased gradually at the beginning.'],
    },
    {
      id: 'adaptive',
      says: 'Adaptive methods such as Adam scale the step for each parameter by its past gradients.',
      wordings: ['Every parameter has its own step size.'],
    },
  ],
  misconceptions: [{ id: 'always-small', says: 'A smaller learning rate always gives a better model.' }],
  answers: [
    marked(
      'good',
      `
{large+|With too big a learning rate the updates jump over the minimum and the loss may even explode.} {small+|With a tiny one, convergence takes forever and you may stay in a bad region.} Usually one does a sweep on a log scale. {schedule+|Later in training the rate is decayed, for example by a factor of 10 at certain epochs or with a cosine.} {adaptive+|Adam adapts the step size per parameter with running averages of the gradients and squared gradients.}`,
    ),
    marked(
      'reversed',
      `
{large!|A learning rate that is too large makes training very slow}, {small!|whereas a learning rate that is too small makes the loss diverge.} {schedule!|During training the learning rate should be increased step by step.}`,
    ),
    marked('short', `{large+|Too high: diverges.} {small+|Too low: slow.}`),
    marked(
      'partial',
      `
The learning rate is the most important hyperparameter. {large+|If you choose it too high, the parameters bounce around the optimum and never settle.} You can find a good value with a learning rate finder. {warmup+|For transformers one normally ramps it up from almost zero during the first few thousand updates.}`,
    ),
    marked(
      'waffle',
      `
The learning rate is a hyperparameter. Hyperparameters are chosen by the engineer and not learned. There are many of them, such as the number of layers, the batch size, the optimiser and the learning rate. The choice of the learning rate affects training in many ways and must be made carefully. In practice values like 0.1, 0.01 and 0.001 are used.`,
    ),
    marked(
      'non-native',
      `
When learning rate is big {large+|the loss is not go down, it is jumping, sometimes become NaN.} When learning rate is little {small+|the training need very much time.} So people {schedule+|begin with bigger value and after some epochs make it smaller.}`,
    ),
    marked(
      'paraphrase',
      `
Picture someone walking down into a valley in fog. {large+|With giant strides he keeps crossing the valley floor and may end up higher than he started}; {small+|with baby steps he will still be walking tomorrow.} So {schedule+|he takes long strides at first and shorter ones the closer he gets.} {adaptive+|Some optimisers give every coordinate a stride of its own, depending on how steep it was there lately.}`,
    ),
    marked(
      'salad',
      `Learning rate too large diverge oscillate, too small slow stuck, schedule decay decrease, warm-up, Adam adaptive per parameter gradients.`,
    ),
    marked(
      'always-small',
      `
A smaller learning rate always gives a better model, so we should choose it as small as possible. {large~|A larger one is bad.} {adaptive!|Adam uses the same step for all parameters.}`,
    ),
    marked(
      'long',
      `
The update of SGD is w <- w - eta * g, where g is the gradient on a mini-batch. The noise in g is proportional to eta, so the learning rate also controls how much the iterate wanders about. {large+|If eta is above roughly 2 divided by the largest curvature, the iteration becomes unstable: the error is amplified in every step and the loss blows up.} {small+|Below that, but much too low, progress along flat directions is so slow that training practically stalls.}

In practice one starts with a value from the literature and tries factors of three around it. {schedule+|Nearly everyone anneals the learning rate, be it in steps, linearly or following a cosine curve, because smaller steps late in training average out the gradient noise.} {warmup+|At the very beginning the rate is often increased gradually from a low value, since the first gradients are large and unreliable.} The batch size matters as well: a common rule is to scale the rate linearly with it.`,
    ),
    marked(
      'hedged',
      `I think it might be bad if the learning rate is too large, maybe the loss diverges, but I'm not sure. Perhaps small ones are slow.`,
    ),
    marked(
      'copied',
      `The choice of the learning rate affects training with stochastic gradient descent. How it is set in practice depends on how the choice affects training.`,
    ),
  ],
};
