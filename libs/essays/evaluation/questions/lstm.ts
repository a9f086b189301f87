import { marked, type EvaluatedQuestion } from '../evaluated.js';

export const LSTM: EvaluatedQuestion = {
  name: 'lstm',
  asked: 'Why do simple recurrent networks fail on long sequences, and how does an LSTM address this?',
  points: [
    {
      id: 'repeated',
      says: 'The gradient is multiplied by the same recurrent matrix at every time step and so vanishes or explodes.',
      wordings: ['Gradients are multiplied by the same weights many times and become zero or huge.'],
    },
    {
      id: 'forget',
      says: 'Early inputs are forgotten: long-term dependencies are not learned.',
      wordings: ['A simple recurrent network cannot remember information from the start of a long sequence.'],
    },
    {
      id: 'cell',
      says: 'The cell state is updated additively, so the gradient can flow through many steps.',
      wordings: ['New information is added to the cell state, so the gradient does not vanish.'],
    },
    {
      id: 'gates',
      says: 'It has three gates: input, forget and output gate.',
      wordings: [
        'The forget gate decides what is discarded, the input gate what is written, the output gate what is read.',
      ],
    },
    {
      id: 'clip',
      says: 'Exploding gradients are handled by clipping the gradient.',
      wordings: ['The norm of the gradient is limited.'],
    },
  ],
  misconceptions: [
    { id: 'one-gate', says: 'A GRU has one single gate.' },
    { id: 'softmax-gate', says: 'The gates use a softmax.' },
  ],
  answers: [
    marked(
      'good',
      `
{repeated+|In backpropagation through time the error is multiplied with the recurrent weight matrix once per step, so after many steps it either vanishes or explodes.} {forget+|The network therefore can't learn dependencies over long distances.} {cell+|The LSTM adds a cell state to which new content is added instead of being multiplied, so the gradient survives over many steps.} {gates+|Three sigmoid gates control it: the forget gate, the input gate and the output gate.} {clip+|Against explosion one clips gradients.}`,
    ),
    marked(
      'wrong',
      `
Simple RNNs fail since they have too many parameters. {gates!|An LSTM has two gates, an input gate and a softmax gate.} {cell!|The cell state is multiplied by the new input in each step and not added, so gradients cannot flow.}`,
    ),
    marked('short', `{repeated~|Vanishing gradients.} {gates+|LSTM uses input, forget and output gates.}`),
    marked(
      'partial',
      `
{forget+|RNNs struggle to remember information from the beginning of a long sequence}, {repeated~|because of the vanishing gradient problem.} {gates+|LSTMs have a forget gate to throw away what isn't needed, an input gate to store new things and an output gate to decide what is passed on.}`,
    ),
    marked(
      'swapped-gates',
      `
LSTMs have gates. {gates!|The forget gate decides which new information is written into the cell, and the input gate decides what is discarded.} {forget+|Simple recurrent nets lose information about earlier words when the sentence gets long.}`,
    ),
    marked(
      'waffle',
      `
Sequences are everywhere: speech, text, stock prices, music. Recurrent networks are made for sequences because they have a memory. LSTM stands for long short-term memory and was invented in 1997. It is used in many products and is better than simple recurrent networks. Nowadays transformers are used more often.`,
    ),
    marked(
      'non-native',
      `
In simple RNN {repeated+|the gradient multiply many times with same weights so it become zero or very big.} {forget+|The model is not able to remember the words far before.} LSTM have a {cell+|cell state where information is added and it go like on a belt to the end, so gradient not die.}`,
    ),
    marked(
      'paraphrase',
      `
A plain RNN is like the game of Chinese whispers: {forget+|what was said at the start has been garbled beyond recognition by the time it reaches the end.} {cell+|The LSTM carries a notebook along. Things are written into it or struck out, but the page as such isn't rewritten at each step, and learning signals travel back along it undamaged.} {gates~|Little switches decide what is noted down, what is crossed out and what is read aloud.}`,
    ),
    marked(
      'salad',
      `LSTM forget gate input gate output gate cell state additive gradient vanish explode recurrent matrix multiplied time step long-term dependencies clipping.`,
    ),
    marked(
      'long',
      `
Training a recurrent network means unrolling it in time; a sequence of 500 tokens gives a network that is 500 layers deep in which all layers share one weight matrix. {repeated+|The derivative of the last hidden state with respect to the first is a product of 500 Jacobians that all contain this matrix; if its largest singular value is below one the product goes to zero exponentially, if it's above one it grows without bound.} {forget+|As a consequence, whatever happened hundreds of steps ago has practically no influence on the update, and long-range relations go unnoticed.}

{cell+|Hochreiter and Schmidhuber introduced a memory cell with a self-connection of weight one. Since the cell's content is changed by adding to it, its derivative is one and the error is carried back unchanged.} {gates+|What enters, what stays and what leaves the cell is regulated by the input, forget and output gates}, each a sigmoid layer seeing the input and the previous hidden state. {clip+|LSTMs can still suffer from exploding gradients, so the norm of the gradient is usually capped.}`,
    ),
    marked(
      'gru',
      `GRUs have only one gate. {gates~|An LSTM has more gates than a GRU.} {forget~|Both are good for long sequences.}`,
    ),
    marked(
      'german',
      `Bei langen Sequenzen verschwindet der Gradient, weil er in jedem Schritt mit der gleichen Matrix multipliziert wird. Das LSTM hat einen cell state und drei gates: input gate, forget gate und output gate.`,
    ),
  ],
};
