import { answer, written, type Paper } from '../paper.js';

/** 1/√2 = 0.7071 and 0; 0.6698 and 0.3302; 0.6698·1 + 0.3302·3 = 1.660. */
export const ATTENTION_BY_HAND: Paper = {
  name: 'attention by hand',
  question: written`
    marks: 6
    prompt: For the query (1, 0), the keys (1, 1) and (0, 1) and the values 1 and 3, give the scaled score of the first key, the attention weight of the first key and the output, to two decimals.
    ask:
      - { id: score, says: Scaled score of the first key, value: 1/sqrt(2), decimals: 2, marks: 2, method: 1 }
      - { id: weight, says: Attention weight of the first key, value: exp(score)/(exp(score)+1), decimals: 2, marks: 2, method: 1 }
      - { id: output, says: Output, value: weight*1 + (1-weight)*3, decimals: 2, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'right-in-aligned-latex',
      '2 2 2',
      written`
        $$\begin{align}
        s_1 &= \frac{1 \cdot 1 + 0 \cdot 1}{\sqrt{2}} = 0.707 \\
        w_1 &= \frac{e^{0.707}}{e^{0.707} + e^0} = \frac{2.028}{3.028} = 0.670 \\
        o &= 0.670 \cdot 1 + 0.330 \cdot 3 = 1.660
        \end{align}$$
      `,
    ),
    answer(
      'decimal-commas-and-words',
      '2 2 2',
      written`
        Scaled score: 1/√2 ≈ 0,71
        Attention weight: e^0,71 / (e^0,71 + 1) ≈ 0,67
        Output: 0,67 · 1 + 0,33 · 3 = 1,66
      `,
    ),
    answer(
      'the-scale-left-out',
      '0 2 2',
      written`
        Scaled score of the first key: 1*1 + 0*1 = 1
        Attention weight of the first key: e/(e + 1) = 0.731
        Output: 0.731*1 + 0.269*3 = 1.538
      `,
      { proposed: '? 2 2' },
    ),
    answer(
      'crossed-out-and-put-right',
      '2 2 2',
      written`
        Scaled score: ~~1~~ 1/√2 = 0.71
        Attention weight: ~~0.73~~ 0.67
        Output: ~~1.54~~ 0.67 + 0.33·3 = 1.66
      `,
    ),
    answer(
      'working-without-a-number',
      '1 1 ?',
      written`
        Scaled score of the first key: 1/sqrt(2)
        Attention weight of the first key: exp(1/sqrt(2)) / (exp(1/sqrt(2)) + 1)
        Output: the weighted sum of the two values
      `,
    ),
    answer(
      'rounded-early',
      '2 2 2',
      written`
        score = 1/1.41 = 0.71
        weight = 2.03/3.03 = 0.67
        output = 0.67*1 + 0.33*3 = 0.67 + 0.99 = 1.66
      `,
    ),
  ],
};
