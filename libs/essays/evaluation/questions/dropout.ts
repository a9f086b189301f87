import { marked, type EvaluatedQuestion } from '../evaluated.js';

export const DROPOUT: EvaluatedQuestion = {
  name: 'dropout',
  asked: 'What is dropout, how does it differ between training and testing, and why does it help?',
  points: [
    {
      id: 'random',
      says: 'During training each unit is set to zero at random with some probability.',
      wordings: [
        'Neurons are randomly switched off in training.',
        'Random activations are zeroed with probability p.',
      ],
    },
    {
      id: 'test',
      says: 'At test time all units are active and nothing is dropped.',
      wordings: [
        'The full network is used when predicting.',
        'In evaluation mode no neuron is switched off.',
      ],
    },
    {
      id: 'scale',
      says: 'Activations are rescaled so that their expected value is the same in both modes.',
      wordings: [
        'Outputs are divided by the keep probability so that the expected activation stays equal.',
        'Weights are multiplied by the keep probability.',
      ],
    },
    {
      id: 'coadapt',
      says: 'Units cannot rely on particular other units, which prevents co-adaptation.',
      wordings: ['A neuron must not depend on single other neurons and has to be useful on its own.'],
    },
    {
      id: 'ensemble',
      says: 'It acts like training an ensemble of many thinned networks that share weights.',
      wordings: ['It averages many subnetworks.'],
    },
  ],
  misconceptions: [
    {
      id: 'faster',
      says: 'Dropout permanently removes neurons so that the network becomes smaller and faster.',
    },
    { id: 'inference', says: 'Dropout is applied at test time and switched off in training.' },
  ],
  answers: [
    marked(
      'good',
      `
{random+|Dropout randomly zeroes activations with probability p in every training step.} {test+|In eval mode it does nothing: all neurons are used.} {scale+|To keep the expected activation equal, the remaining activations are divided by 1-p during training (inverted dropout).} It regularises because {coadapt+|a neuron can't count on a specific other neuron being there}, and {ensemble+|one can see it as averaging exponentially many subnetworks with shared weights.}`,
    ),
    marked(
      'reversed',
      `
{random!|Dropout is switched off during training.} {test!|At test time neurons are randomly dropped} to make the network more robust. This permanently removes neurons, making the model smaller.`,
    ),
    marked(
      'short',
      `{random+|Randomly switch off neurons in training}, {test+|keep all of them on in testing.}`,
    ),
    marked(
      'partial',
      `
Dropout is a regularisation technique. {random+|In each forward pass of the training some of the neurons are ignored, chosen by chance.} {coadapt+|This way the network doesn't depend too much on single neurons} and it overfits less.`,
    ),
    marked(
      'waffle',
      `
Overfitting is one of the biggest problems in deep learning. There are many ways against it, for example more data, data augmentation, weight decay, early stopping and dropout. Dropout was proposed by Hinton's group and is used in many networks, mainly after fully connected layers. A typical value is 0.5. It helps a lot in practice, although in newer architectures it's used less.`,
    ),
    marked(
      'non-native',
      `
Dropout mean that we {random+|put some neurons to zero randomly when network is training.} {test+|For testing we use the full network without deleting neurons.} It is helping because {coadapt+|neurons must learn to work alone and not only together with one special neuron.}`,
    ),
    marked(
      'paraphrase',
      `
Imagine a team where on every working day a coin decides who stays at home. {coadapt+|Nobody can build on one colleague always being present, so everyone has to become useful on their own.} {ensemble+|In effect you train a huge crowd of smaller teams at once and ask all of them for their opinion later}: {test+|on the day of the exam everyone comes to work.}`,
    ),
    marked(
      'salad',
      `Dropout: neurons, random, zero, probability p, training, testing, all active, scale, expected value, co-adaptation, ensemble, thinned networks, overfitting.`,
    ),
    marked(
      'wrong-scale',
      `
{random+|With probability p a unit's output is set to 0 while training.} {scale!|No rescaling is needed at all because the expected activation does not change.} {ensemble!|It is not like an ensemble since there is only one network.}`,
    ),
    marked(
      'long',
      `
Dropout belongs to the regularisers that inject noise. {random+|For every mini batch a new mask is drawn which sets a fraction p of the hidden activations to 0.} The gradient flows only through the units that survived. Because a unit never knows which of its inputs will be present, {coadapt+|it's forced to pick up features that are useful in many contexts instead of co-adapting with a few others.}

{ensemble+|A popular interpretation is model averaging: each mask defines a thinned network, all of them share parameters, and the full network approximates the average of their predictions.} {test+|Therefore, at prediction time the mask is not applied} and {scale+|the weights have to be multiplied by the keep probability, or equivalently activations are scaled up in training, so that the magnitude expected by the next layer stays the same.} In convolutional layers neighbouring activations are correlated, so dropping single ones has little effect, and whole channels are dropped instead.`,
    ),
    marked(
      'hedged',
      `Maybe dropout sets neurons to zero randomly in training? I don't know what happens at test time.`,
    ),
    marked(
      'copied',
      `Dropout differs between training and testing, and this is why it helps. What dropout is and how it differs between training and testing is important.`,
    ),
  ],
};
