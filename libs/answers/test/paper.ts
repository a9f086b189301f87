import type { Outline } from '../src/outline.js';

/** An exam of the usual shape: essays in parts, a count in steps, a critique, essays again, code at the end. */
export const OUTLINE: Outline = {
  questions: [
    {
      id: '1',
      title: 'Training deep networks',
      parts: [
        {
          id: 'a',
          kind: 'essay',
          prompt:
            'Explain why a stack of linear layers needs nonlinear activation functions, and compare ReLU with the sigmoid.',
        },
        {
          id: 'b',
          kind: 'essay',
          prompt:
            'Describe dropout and weight decay, and say how each one regularises a network that overfits.',
        },
      ],
    },
    {
      id: '2',
      title: 'Counting parameters',
      kind: 'numeric',
      prompt:
        'A network has a stem convolution, a depthwise separable block and a linear classifier. Compute the number of parameters of each block and the total, ignoring biases.',
      parts: [],
    },
    {
      id: '3',
      title: 'Reading a training loop',
      kind: 'critique',
      prompt:
        'The training loop below never resets its gradients. Find the bugs, explain their consequences and repair them.',
      parts: [],
    },
    {
      id: '4',
      title: 'Sequences',
      parts: [
        {
          id: 'a',
          kind: 'essay',
          prompt: 'How would you choose the width of a recurrent translation model under a latency budget?',
        },
        {
          id: 'b',
          kind: 'essay',
          prompt: 'Compare self-attention with gated recurrence for long documents.',
        },
      ],
    },
  ],
};

/** The same exam with nothing but its numbering: what an examiner in a hurry writes. */
export const BARE_OUTLINE: Outline = {
  questions: OUTLINE.questions.map(({ id, kind, parts }) => ({
    id,
    ...(kind === undefined ? {} : { kind }),
    parts: parts.map(({ id, kind }) => ({ id, kind })),
  })),
};

/** One step of a worked answer: rendered as the writer numbers steps. */
export interface Steps {
  readonly steps: readonly string[];
}

export type Block = string | Steps;

/** The paragraphs of each answer. */
export const ANSWERS: Readonly<Record<string, readonly Block[]>> = {
  '1.a': [
    'Composing linear maps gives another linear map, so however many layers are stacked the model draws the same straight boundaries as a single layer. An activation between the layers bends the function, and each further layer can then bend what came before it.',
    'The sigmoid saturates on both sides, where its slope all but vanishes; ReLU keeps a slope of one for every positive input, which is why gradients survive many layers, at the price of units that may die.',
  ],
  '1.b': [
    'Dropout silences a random share of the units at every training step. No unit can lean on one particular neighbour, and the result acts like an average over many thinned networks that share weights.',
    'Weight decay pulls every weight towards zero by adding the squared norm to the loss. Smaller weights make a smoother function, and a smoother function has less room to memorise noise.',
  ],
  '2': [
    {
      steps: [
        'Stem: 32 filters over 3 input channels, each 3x3, so $3 \\cdot 3 \\cdot 3 \\cdot 32 = 864$',
        'Separable block: depthwise $32 \\cdot 9 = 288$ and pointwise $32 \\cdot 64 = 2048$, together 2336',
        'Classifier: after global pooling a linear layer with $64 \\cdot 10 = 640$ weights',
      ],
    },
    'Total over the three blocks: $864 + 2336 + 640 = 3840$ parameters without biases.',
  ],
  '3': [
    'The loop calls backward in every iteration but never clears what the previous iteration left behind, so the gradients add up and the steps grow without bound. Calling zero_grad before backward repairs it.',
    'It also evaluates the model without switching it to evaluation mode, which leaves dropout active while the accuracy is measured.',
  ],
  '4.a': [
    'I would begin with the narrowest model that trains stably and measure its latency on the target device, then double the width until either the budget or the gain in quality runs out.',
    'Because the cost of a recurrent layer grows with the square of its width, the last doubling usually costs more time than all those before it taken together.',
  ],
  '4.b': [
    'Attention connects any two positions in a single step, so a dependency across a thousand words is as short as one between neighbours; the gated cell has to carry it through every state in between.',
    'The price is memory that grows with the square of the length, where recurrence needs only its state.',
  ],
};
