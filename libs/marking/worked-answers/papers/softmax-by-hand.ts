import { answer, written, type Paper } from '../paper.js';

/** Probabilities 0.659, 0.242 and 0.099; a loss of 0.417 for the first class, of 1.417 for the second. */
export const SOFTMAX_BY_HAND: Paper = {
  name: 'softmax and cross-entropy by hand',
  question: written`
    marks: 5
    prompt: The logits are 2, 1 and 0.1. Give the softmax and the cross-entropy if the second class is right, both to three decimals.
    ask:
      - id: softmax
        says: Softmax probabilities
        value: [exp(2)/(exp(2)+exp(1)+exp(0.1)), exp(1)/(exp(2)+exp(1)+exp(0.1)), exp(0.1)/(exp(2)+exp(1)+exp(0.1))]
        decimals: 2
        marks: 3
      - { id: loss, says: Cross-entropy loss, value: -ln(exp(1)/(exp(2)+exp(1)+exp(0.1))), decimals: 2, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'right-with-every-power',
      '3 2',
      written`
        e^2 = 7.389, e^1 = 2.718, e^0.1 = 1.105, sum = 11.212
        p1 = 7.389/11.212 = 0.659
        p2 = 2.718/11.212 = 0.242
        p3 = 1.105/11.212 = 0.099
        Loss: -ln(0.242) = 1.419
      `,
    ),
    answer(
      'right-in-latex-as-a-vector',
      '3 2',
      written`
        $\text{softmax}(2, 1, 0.1) = (0.659,\ 0.242,\ 0.099)$
        $L = -\ln 0.242 \approx 1.417$
      `,
    ),
    answer(
      'decimal-commas',
      '3 2',
      written`
        Summe: 7,389 + 2,718 + 1,105 = 11,212
        p_1 = 7,389 / 11,212 = 0,659
        p_2 = 2,718 / 11,212 = 0,242
        p_3 = 1,105 / 11,212 = 0,099
        Loss = -ln(0,242) = 1,42
      `,
    ),
    answer(
      'loss-of-the-wrong-class',
      '3 0',
      written`
        Softmax probabilities: (0.659, 0.242, 0.099)
        Cross-entropy loss: -ln(0.659) = 0.417
      `,
      { proposed: '3 ?' },
    ),
    answer(
      'logarithm-without-its-sign',
      '3 0',
      written`
        Softmax: 0.659, 0.242, 0.099
        Cross-entropy loss = ln(0.242) = -1.417
      `,
      { proposed: '3 ?' },
    ),
    answer(
      'one-probability-wrong',
      '? ?',
      written`
        Softmax probabilities: (0.659, 0.342, 0.099)
        Cross-entropy loss: -ln(0.342) = 1.073
      `,
    ),
  ],
};
