import { answer, written, type Paper } from '../paper.js';

/** 3·16+16 = 64, 16·16+16 = 272, 16·1+1 = 17: 353. */
export const SMALL_NETWORK_IN_WORDS: Paper = {
  name: 'a small regression network',
  question: written`
    marks: 5
    prompt: Three inputs, two hidden layers of 16 units, one output. How many parameters are there in each layer and in total?
    network:
      input: [3]
      layers:
        - Linear: { name: hidden1, out_features: 16 }
        - Tanh
        - Linear: { name: hidden2, out_features: 16 }
        - Tanh
        - Linear: { name: output, out_features: 1 }
    ask:
      - { id: h1, says: Parameters of the first hidden layer, quantity: parameters, of: hidden1, marks: 1 }
      - { id: h2, says: Parameters of the second hidden layer, quantity: parameters, of: hidden2, marks: 1 }
      - { id: out, says: Parameters of the output layer, quantity: parameters, of: output, marks: 1 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'words-between-every-number',
      '1 1 1 2',
      written`
        The first hidden layer has 3 times 16 = 48 weights plus 16 biases, which gives 64 parameters. The second hidden layer
        has 16 times 16 = 256 weights plus 16 biases, which gives 272 parameters. The output layer has 16 weights and 1 bias,
        which gives 17 parameters. In total that gives 353 parameters.
      `,
    ),
    answer('one-line', '1 1 1 2', written`(3·16 + 16) + (16·16 + 16) + (16·1 + 1) = 64 + 272 + 17 = 353`),
    answer(
      'total-right-by-luck-layers-swapped',
      '? ? 1 2',
      written`
        First hidden layer: 272
        Second hidden layer: 64
        Output layer: 17
        Total: 353
      `,
    ),
    answer(
      'biases-left-out-of-the-first-only',
      '0 1 1 2',
      written`
        hidden1: 3*16 = 48
        hidden2: 16*16+16 = 272
        output: 16+1 = 17
        total: 48+272+17 = 337
      `,
    ),
    answer(
      'struck-through-in-html',
      '1 1 1 2',
      written`
        First hidden layer: <s>3*16 = 48</s> 4*16 = 64
        Second hidden layer: 17*16 = 272
        Output layer: 17
        Total: ~~337~~ 353
      `,
    ),
    answer(
      'maybe-either',
      '1 1 1 ?',
      written`
        First hidden layer: 64
        Second hidden layer: 272
        Output layer: 17
        Total: 353 or 320 without biases
      `,
    ),
    answer(
      'claims-without-any-number',
      '? ? ? ?',
      written`Every unit has one weight for each of its inputs and one bias, so one counts them layer by layer and adds them up.`,
    ),
    answer(
      'wrong-in-passing',
      '1 1 1 0',
      written`
        First hidden layer: 3*16+16 = 64
        Second hidden layer: 16*16+16 = 272
        Output layer: 16+1 = 17
        So in total the network has 363 parameters.
      `,
    ),
  ],
};
