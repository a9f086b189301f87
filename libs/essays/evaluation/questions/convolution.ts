import { marked, type EvaluatedQuestion } from '../evaluated.js';

export const CONVOLUTION: EvaluatedQuestion = {
  name: 'convolution',
  asked: 'Why are convolutional layers preferred over fully connected layers for images?',
  points: [
    {
      id: 'sharing',
      says: 'The same filter weights are used at every position of the image.',
      wordings: ['One kernel slides over the whole image.', 'Weights are shared between positions.'],
    },
    {
      id: 'parameters',
      says: 'Hence there are far fewer parameters, which reduces overfitting.',
      wordings: ['The number of weights is much smaller than in a dense layer.'],
    },
    {
      id: 'local',
      says: 'Each unit sees only a small local neighbourhood of pixels.',
      wordings: ['Each output depends on a small receptive field.'],
    },
    {
      id: 'translation',
      says: 'A pattern is recognised wherever it appears in the image.',
      wordings: ['The position of an object does not matter.', 'It is equivariant to translation.'],
    },
    {
      id: 'structure',
      says: 'A fully connected layer flattens the image and loses its spatial structure.',
      wordings: ['Flattening to a vector loses where the pixels are.'],
    },
  ],
  misconceptions: [
    { id: 'more', says: 'Convolutional layers have more parameters than fully connected layers.' },
  ],
  answers: [
    marked(
      'good',
      `
{sharing+|A convolution slides one kernel over the whole picture, so its weights are shared between all positions.} {parameters+|That means dramatically fewer weights than in a dense layer and less risk of overfitting.} {local+|Each output depends only on a small receptive field}, which makes sense since neighbouring pixels are correlated. {translation+|An edge detector works in the corner just as well as in the middle.} {structure+|Dense layers need the image as a flat vector, and the 2D arrangement is lost.}`,
    ),
    marked(
      'wrong',
      `
Convolutional layers have more parameters than fully connected layers and therefore are more powerful. {sharing!|Each position has its own filter with different weights.} {local!|Every unit sees the whole image.} {structure!|Fully connected layers keep the spatial structure of the image.}`,
    ),
    marked(
      'short',
      `{sharing+|Weight sharing}, {parameters+|fewer parameters}, {translation+|translation invariance}.`,
    ),
    marked(
      'partial',
      `
{parameters+|Conv layers need much less weights: a 3x3 kernel with 64 channels has some thousand weights while a dense layer on a 224x224 image would have many millions.} {sharing+|The reason is that the kernel is reused everywhere.} Less weights also mean less memory.`,
    ),
    marked(
      'waffle',
      `
Images are made of pixels and have three channels, red, green and blue. Convolutional layers are preferred for images since AlexNet won the ImageNet challenge in 2012. Fully connected layers were preferred before. Today there are also vision transformers. Convolutional layers are usually followed by pooling layers and in the end there are fully connected layers for the classification.`,
    ),
    marked(
      'non-native',
      `
In fully connected {structure+|the picture must be made to one long vector and so we loose where the pixels are.} Convolution use {sharing+|same small filter on all places of picture}, so {parameters+|the number of weights is little.} {translation+|If the cat is left or right it doesn't matter, filter will find it.}`,
    ),
    marked(
      'paraphrase',
      `
{local+|It is enough to look through a keyhole to notice an edge or a corner}, and {sharing+|the same keyhole can be moved all over the picture.} {translation+|A whisker remains a whisker, whether at the top left or the bottom right.} {parameters+|So there is little to learn, and little that could be memorised by mistake.}`,
    ),
    marked(
      'salad',
      `Weight sharing, filter, same position, fewer parameters, overfitting, local neighbourhood, pixels, translation, spatial structure, flatten.`,
    ),
    marked(
      'partly-wrong',
      `
{sharing+|The filter is shared across the image.} {parameters!|This increases the number of parameters} but it's worth it. {translation!|A pattern is only recognised if it appears at the position where it was seen in training.}`,
    ),
    marked(
      'long',
      `
Consider a colour image of 224 by 224 pixels. Flattened it has about 150,000 entries, and a fully connected layer with a thousand units on top of it has 150 million weights. {parameters+|A convolutional layer with 64 filters of size 3x3 has fewer than two thousand}, and a model with so few degrees of freedom is less inclined to fit the noise in the training data. The saving has two sources. {local+|First, each output value is connected to a little patch of the input instead of to all of it.} {sharing+|Second, the patch weights don't change from place to place.}

The second property also buys equivariance: {translation+|move the object and its trace in the feature map moves along, so it need not be learnt anew for each location.} {structure+|Dense layers don't know which pixels are neighbours; you could permute all pixels and train just as well, i.e. the geometry of the picture is thrown away.} Pooling then adds a bit of invariance.`,
    ),
    marked(
      'hedged',
      `Maybe because there are fewer parameters? I guess the same filter is used at every position, or something like that.`,
    ),
    marked(
      'copied',
      `Convolutional layers are preferred over fully connected layers for images because for images convolutional layers are preferred over fully connected layers.`,
    ),
  ],
};
