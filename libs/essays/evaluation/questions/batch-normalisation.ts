import { marked, type EvaluatedQuestion } from '../evaluated.js';

export const BATCH_NORMALISATION: EvaluatedQuestion = {
  name: 'batch-normalisation',
  asked:
    'Describe what batch normalisation computes during training and at test time, and what it is good for.',
  points: [
    {
      id: 'statistics',
      says: 'In training it normalises with the mean and variance of the current mini-batch.',
      wordings: [
        'Subtract the mean of the batch and divide by its standard deviation.',
        'Activations get zero mean and unit variance over the batch.',
      ],
    },
    {
      id: 'running',
      says: 'At inference it uses running averages of mean and variance collected in training, not those of the batch.',
      wordings: ['At test time stored moving averages are used.'],
    },
    {
      id: 'affine',
      says: 'It then rescales and shifts with learnable parameters gamma and beta.',
      wordings: ['A learned scale and shift, gamma and beta, follow.'],
    },
    {
      id: 'rate',
      says: 'It allows larger learning rates and makes training faster and more stable.',
      wordings: ['Training converges faster and a higher learning rate can be used.'],
    },
    {
      id: 'small',
      says: 'With very small batches the statistics are noisy, so it works badly.',
      wordings: ['The mean and variance of a small batch are unreliable estimates.'],
    },
  ],
  misconceptions: [
    { id: 'removes', says: 'Batch normalisation removes overfitting.' },
    { id: 'weights', says: 'Batch normalisation normalises the weights of the network.' },
  ],
  answers: [
    marked(
      'good',
      `
{statistics+|During training, for each channel the mean and the variance over the mini batch are computed and the activations are standardised with them.} {affine+|Afterwards the result is scaled by a learned gamma and shifted by a learned beta}, so the layer can undo the normalisation if that's useful. {running+|At test time there may be only one example, so the moving averages that were accumulated during training are used instead of batch statistics.} {rate+|One can train with a higher learning rate and convergence is quicker.}`,
    ),
    marked(
      'confused',
      `
{statistics!|While training the layer uses running averages} and {running!|at test time it computes mean and variance of the test batch.} {rate!|You have to use a smaller learning rate with batch norm because it makes the training unstable.}`,
    ),
    marked(
      'short',
      `{statistics+|Subtract batch mean, divide by batch std.} {affine+|Then multiply by gamma and add beta (both learned).}`,
    ),
    marked(
      'waffle',
      `
Normalisation is a well known concept from statistics and it is good for many things. In neural networks it is used very often, nearly every modern network has it, and in PyTorch it is only one line. It should be put between the convolution and the activation and it makes everything better, both in training and at test time.`,
    ),
    marked(
      'partial',
      `
Batch norm makes sure that the inputs of each layer have {statistics+|zero mean and unit variance, computed over the batch that is currently processed.} This {rate+|speeds up training and we don't have to be so careful with the learning rate, it can be big.} It was said to reduce internal covariate shift.`,
    ),
    marked(
      'removes',
      `
Batch normalisation removes overfitting completely, so that dropout is never needed. It normalises the weights of the network so that they sum to one. {running~|At test time it is switched off.}`,
    ),
    marked(
      'non-native',
      `
The batch normalization layer {statistics+|take all values of one mini batch and calculate the average and the variance, then values are normalized with this.} In the test we not have batch, so {running+|it use the average that was saved from training time.} {small+|If the batch is having only 2 images it is not good because the average is very random.}`,
    ),
    marked(
      'paraphrase',
      `
{statistics+|The layer looks at the examples that happen to be processed together, centres their values and brings them to the same spread.} {affine+|Two trainable numbers per channel then stretch and move the outcome.} When the model is deployed {running+|it falls back on what it remembers from training, a slowly updated record of centre and spread, so one picture's prediction doesn't depend on its neighbours.} {small+|All this goes wrong if only a handful of examples are processed together since such estimates jump around.}`,
    ),
    marked(
      'salad',
      `Batch mean variance gamma beta learning rate running average inference training normalise scale shift stable small batch noise statistics.`,
    ),
    marked(
      'formula',
      `
$$\\hat{x} = \\frac{x - \\mu_B}{\\sqrt{\\sigma_B^2 + \\epsilon}}, \\quad y = \\gamma \\hat{x} + \\beta$$`,
    ),
    marked(
      'long',
      `
To understand batch normalisation it helps to recall why we normalise the inputs of a network at all: features on very different scales make the loss surface elongated and gradient descent slow. The same can be said of hidden layers, whose inputs change whenever the weights of earlier layers change. {statistics+|Batch normalisation therefore standardises each feature using the mean and the standard deviation of the mini-batch.} Since forcing everything to zero mean could limit what the layer can represent, {affine+|there are trainable scale and shift parameters after it.}

{running+|When the model is evaluated, mean and variance are no longer taken from the batch but from exponential moving averages stored while training.} Forgetting model.eval() is a classic bug. {small+|For batch sizes like 1 or 2, the estimates of mean and variance are unreliable and performance suffers}; group norm or layer norm are alternatives.`,
    ),
    marked(
      'hedged',
      `I'm not sure but maybe it uses the mean and variance of the batch. I guess at test time it uses some averages or something, I forgot.`,
    ),
  ],
};
