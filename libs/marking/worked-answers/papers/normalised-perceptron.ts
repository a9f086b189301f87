import { answer, written, type Paper } from '../paper.js';

/** 64·32 weights without bias 2,048; norm 64 + …: see the asks. */
export const NORMALISED_PERCEPTRON: Paper = {
  name: 'a perceptron with batch normalisation',
  question: written`
    marks: 9
    prompt: How many trainable parameters has each part?
    network:
      input: [64]
      layers:
        - Linear: { name: fc1, out_features: 300, bias: false }
        - BatchNorm1d: { name: bn }
        - ReLU
        - Linear: { name: fc2, out_features: 7 }
    conventions: { bias: as-given }
    ask:
      - { id: fc1, says: Parameters of fc1, quantity: parameters, of: fc1, marks: 2, method: 1 }
      - { id: bn, says: Parameters of the batch normalisation, quantity: parameters, of: bn, marks: 2, method: 1 }
      - { id: fc2, says: Parameters of fc2, quantity: parameters, of: fc2, marks: 2, method: 1 }
      - { id: total, says: Trainable parameters in total, quantity: trainable-parameters, marks: 3, method: 1 }
  `,
  // 19200, 600, 2107, 21907
  answers: [
    answer(
      'right',
      '2 2 2 3',
      written`
        fc1: 64 · 300 = 19.200 (ohne Bias)
        BatchNorm: 2 · 300 = 600 (γ und β)
        fc2: 300 · 7 + 7 = 2.107
        Insgesamt: 19.200 + 600 + 2.107 = 21.907
      `,
    ),
    answer(
      'a-bias-added-to-the-first',
      '0 2 2 3',
      written`
        fc1 has 64*300 + 300 = 19500 parameters
        batch norm has 2*300 = 600 parameters
        fc2 has 300*7 + 7 = 2107 parameters
        total: 19500 + 600 + 2107 = 22207
      `,
      { because: { fc1: /bias/ } },
    ),
    answer(
      'four-numbers-per-channel',
      '2 0 2 3',
      written`
        fc1: 64*300 = 19200
        bn: 4*300 = 1200
        fc2: 301*7 = 2107
        total: 19200+1200+2107 = 22507
      `,
    ),
    answer(
      'one-number-in-words-and-a-typo',
      '2 2 1 3',
      written`
        The first layer (fc1) needs 64 x 300 = 19200 weights.
        The batch normalisation needs 2 x 300 = 600.
        The last layer (fc2) needs 300 x 7 + 7 = 2017.
        Altogether 19200 + 600 + 2017 = 21817.
      `,
    ),
    answer(
      'answer-first-then-reasons',
      '2 2 2 3',
      written`
        **21,907 trainable parameters in total.**

        This is because fc1 has 64·300 = 19,200 parameters, bn has 600 parameters (a scale and a shift for each of the 300 features) and fc2
        has 300·7 + 7 = 2,107 parameters.
      `,
    ),
    answer('missing-parts', '2 ? ? ?', written`fc1: 64*300 = 19200`),
    answer(
      'parts-by-letter-with-an-error',
      '2 0 2 3',
      written`
        a) 64*300 = 19200
        b) 300
        c) 300*7+7 = 2107
        d) 19200+300+2107 = 21607
      `,
    ),
  ],
};
