import { marked, type EvaluatedQuestion } from '../evaluated.js';

export const SKIP_CONNECTIONS: EvaluatedQuestion = {
  name: 'skip-connections',
  asked:
    'Explain why residual networks can be trained with far more layers than plain convolutional networks.',
  points: [
    {
      id: 'vanish',
      says: 'In deep plain networks the gradient vanishes on its way back to the early layers.',
      wordings: [
        'Gradients shrink in backpropagation through many layers, so the first layers hardly learn.',
      ],
    },
    {
      id: 'path',
      says: 'A skip connection gives the gradient a direct path past the layers of a block.',
      wordings: [
        'The gradient can flow directly through the shortcut.',
        'The error signal skips the layers in between.',
      ],
    },
    {
      id: 'add',
      says: 'The input of a block is added to its output.',
      wordings: ['The output is F(x) + x.', 'The sum of the input and the output of the convolutions.'],
    },
    {
      id: 'residual',
      says: 'The block only has to learn the residual, the difference from the identity.',
      wordings: [
        'If nothing is to be changed the block can learn the identity by setting its weights to zero.',
        'The layers learn a correction to the input.',
      ],
    },
    {
      id: 'degrade',
      says: 'Without it the training error of a plain network rises when layers are added, which is not overfitting.',
      wordings: ['Deeper plain networks have a higher training error.'],
    },
  ],
  misconceptions: [
    { id: 'fewer', says: 'Skip connections reduce the number of layers or parameters of the network.' },
    { id: 'overfit', says: 'Deep plain networks do badly because they overfit.' },
  ],
  answers: [
    marked(
      'good',
      `
{vanish+|When you stack many layers the gradient gets multiplied again and again during backpropagation and becomes very small in the first layers.} ResNets avoid this with shortcuts: {add+|the input x of a block is added to what the block computes}, so the output is F(x) + x. {path+|Because of the addition the gradient can flow directly through the shortcut without going through the convolutions.} {residual+|The convolutions then only have to model the residual F(x), i.e. the deviation from the identity.} He et al. showed that {degrade+|plain nets with 56 layers have a higher training error than with 20, so it's not a problem of overfitting.}`,
    ),
    marked('short', `{path~|Skip connections help gradients.}`),
    marked(
      'partial',
      `
Residual networks use skip connections. {path+|They let the gradient pass straight back to earlier layers}, {vanish+|which in a normal deep net would have died out by then.} Thats why we can have 100+ layers.`,
    ),
    marked(
      'swapped',
      `
In residual networks {add!|the input of each block is multiplied with its output.} {path!|The skip connection blocks the gradient from flowing to earlier layers} so that they are not changed too much. {vanish!|In plain networks the gradient does not vanish} but training is slow.`,
    ),
    marked(
      'waffle',
      `
Residual networks are a very important invention in the field of deep learning and have been used in many applications such as medicine and self driving cars. They have many layers and because they have many layers they are very powerful. Training such networks was impossible before, and today everybody uses them. There are versions with 18, 34, 50, 101 and 152 layers and all of them have been trained on ImageNet with great success.`,
    ),
    marked(
      'salad',
      `Residual, skip connection, gradient, vanishing gradient, identity, shortcut, add input output, degradation, training error, deep network.`,
    ),
    marked(
      'copied',
      `Residual networks can be trained with far more layers than plain convolutional networks. This is why residual networks can be trained with far more layers.`,
    ),
    marked(
      'paraphrase',
      `
Think of a very tall building where a message has to be handed down floor by floor: {vanish+|by the time it arrives at the bottom there is hardly anything left of the error signal.} ResNets put in a lift. {path+|What comes from above can skip the floors in between and arrives at the lower ones unharmed.} Also {residual+|each stage merely corrects what it was handed instead of inventing everything anew; if there is nothing to correct, it outputs zero.}`,
    ),
    marked(
      'non-native',
      `
In the very deep network we have problem that {vanish+|gradient is become too small when it go back to first layers}, so first layers don't learn. Residual network solve this because {add+|output of block is sum of input and convolution result.} So {path+|gradient have a short way to go back.} Network is easy to train.`,
    ),
    marked(
      'long',
      `
The history of convolutional networks goes from LeNet over AlexNet to VGG, and each of these had more layers than the one before. One would expect that more layers always give a better result, since the additional layers could simply copy their input. {degrade+|In experiments, however, the training loss of plain networks went up when more layers were stacked, and since it was the training loss, overfitting can't be the explanation.}

Something makes it hard for the optimiser to find weights that copy the input. ResNet changes the parametrisation. {residual+|Instead of learning the full mapping H(x), the layers are asked for the residual F(x) = H(x) - x.} {residual+|Copying is then the easiest thing to do: all weights zero.} The architecture is a sequence of stages with downsampling between them. Each stage consists of several blocks and each block of two or three convolutions with batch normalisation and ReLU.

{add+|At the end of the block its input is added element by element to the result}, and if the shapes differ a 1x1 convolution is used on the shortcut. I also want to mention that ensembles and dropout are not needed.`,
    ),
    marked(
      'bullets',
      `
- {vanish+|plain deep nets: gradients shrink layer by layer, early layers stop learning}
- {add+|ResNet block: y = F(x) + x, i.e. the input gets summed onto the output}
- {path+|derivative of the identity is 1 -> gradient always has a way through}`,
    ),
    marked(
      'overfit',
      `
{degrade!|Plain networks with many layers do badly because they overfit the training data.} {add~|A skip connection makes the network shorter, since the input skips the block.} This reduces the number of parameters and therefore the network can be deeper.`,
    ),
  ],
};
