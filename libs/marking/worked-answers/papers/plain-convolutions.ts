import { answer, written, type Paper } from '../paper.js';

/** conv1 2,432 in 32×32×32; conv2 18,496; 4,096 features; fc 40,970; 61,898 in all. */
export const PLAIN_CONVOLUTIONS: Paper = {
  name: 'plain convolutions',
  question: written`
    marks: 12
    prompt: Give the sizes and parameters of this network.
    network:
      input: [3, 64, 64]
      layers:
        - Conv2d: { name: conv1, out_channels: 32, kernel_size: 5, stride: 2, padding: 2 }
        - ReLU
        - MaxPool2d: { name: pool1, kernel_size: 2 }
        - Conv2d: { name: conv2, out_channels: 64, kernel_size: 3, padding: 1 }
        - ReLU
        - MaxPool2d: { name: pool2, kernel_size: 2 }
        - Flatten: { name: flatten }
        - Linear: { name: fc, out_features: 10 }
    ask:
      - { id: shape, says: Output shape of the first convolution, quantity: output-shape, of: conv1, marks: 2 }
      - { id: conv1, says: Parameters of the first convolution, quantity: parameters, of: conv1, marks: 2, method: 1 }
      - { id: conv2, says: Parameters of the second convolution, quantity: parameters, of: conv2, marks: 2, method: 1 }
      - { id: flat, says: Features after flattening, quantity: features, of: flatten, marks: 2, method: 1 }
      - { id: fc, says: Parameters of the fully connected layer, quantity: parameters, of: fc, marks: 2, method: 1 }
      - { id: total, says: Parameters of the whole network, quantity: parameters, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'right-in-german-numbers',
      '2 2 2 2 2 2',
      written`
        Ausgabe Conv1: 32 x 32 x 32
        Conv1: (3·5·5 + 1)·32 = 2.432 Parameter
        Conv2: (32·3·3 + 1)·64 = 18.496 Parameter
        Flatten: 64·8·8 = 4.096
        FC: 4.096·10 + 10 = 40.970
        Summe: 2.432 + 18.496 + 40.970 = 61.898
      `,
    ),
    answer(
      'right-in-latex-by-other-routes',
      '2 2 2 2 2 2',
      written`
        First convolution: $\left\lfloor\frac{64 + 2\cdot 2 - 5}{2}\right\rfloor + 1 = 32$, so the output is $32\times 32\times 32$.
        \begin{align*}
        \text{conv1: } & 75 \cdot 32 + 32 = 2432 \\
        \text{conv2: } & 9 \cdot 32 \cdot 64 + 64 = 18{,}496 \\
        \text{flatten: } & 8^2 \cdot 64 = 4096 \\
        \text{fc: } & (4096 + 1) \cdot 10 = 40{,}970
        \end{align*}
        In total $2432 + 18496 + 40970 = \boxed{61898}$ parameters.
      `,
    ),
    answer(
      'prose-with-every-number-in-a-sentence',
      '2 2 2 2 2 2',
      written`
        The output of the first convolution is 32x32x32. The first convolution has 2432 parameters, because each of its 32
        filters has 75 weights and a bias. The second convolution has 18,496 parameters in all. Flattening leaves 4096
        features. So the fully connected layer needs 40,970 parameters, and that makes 61,898 parameters for the whole network.
      `,
    ),
    answer(
      'stride-forgotten-and-carried-forward',
      '0 2 2 2 2 2',
      written`
        conv1 output: 64 + 4 - 5 + 1 = 64, so 32 x 64 x 64
        conv1 params: (3*25 + 1)*32 = 2432
        pool1: 32x32x32
        conv2 params: (32*9+1)*64 = 18496
        pool2: 64x16x16
        flatten: 64*16*16 = 16384
        fc: 16384*10 + 10 = 163850
        total = 2432 + 18496 + 163850 = 184778
      `,
      { proposed: '? 2 2 2 2 2' },
    ),
    answer(
      'biases-forgotten-in-two-layers',
      '2 0 2 2 0 2',
      written`
        Output of conv1: 32x32x32
        conv1: 3 * 5 * 5 * 32 = 2400
        conv2: (32 * 3 * 3 + 1) * 64 = 18496
        Flatten: 64 * 8 * 8 = 4096
        FC: 4096 * 10 = 40960
        Total: 2400 + 18496 + 40960 = 61856
      `,
      { because: { conv1: /bias is left out/, fc: /bias is left out/, total: /follows/ } },
    ),
    answer(
      'two-slips-that-cancel',
      '2 1 1 2 2 2',
      written`
        Shape after conv1: (32, 32, 32)
        conv1: (3*5*5+1)*32 = 2423
        conv2: (32*3*3+1)*64 = 18505
        flatten: 64*8*8 = 4096
        fc: 4096*10+10 = 40970
        total: 2423 + 18505 + 40970 = 61898
      `,
    ),
    answer(
      'total-first-and-rows-upside-down',
      '2 2 2 2 2 2',
      written`
        Total = 2432 + 18496 + 40970 = 61898, where

        - fc: 4096 × 10 + 10 = 40970
        - flatten: 64 × 8 × 8 = 4096
        - conv2: 64 × (32 × 3 × 3 + 1) = 18496
        - conv1: 32 × (3 × 5 × 5 + 1) = 2432
        - output shape of conv1: 32 × 32 × 32
      `,
    ),
    answer(
      'a-number-copied-wrongly-into-the-total',
      '2 2 2 2 2 1',
      written`
        conv1 output 32x32x32
        conv1: 32*(75+1) = 2432
        conv2: 64*(288+1) = 18496
        flatten: 64*64 = 4096
        fc: 4096*10+10 = 40970
        total: 2432 + 18496 + 40790 = 61718
      `,
      { because: { total: /40,790 where 40,970 belongs/ } },
    ),
    answer(
      'digits-transposed-in-the-sum',
      '2 2 2 2 2 1',
      written`
        conv1 output 32x32x32
        conv1: 32*(75+1) = 2432
        conv2: 64*(288+1) = 18496
        flatten: 64*64 = 4096
        fc: 4096*10+10 = 40970
        total: 2432 + 18496 + 40970 = 61988
      `,
    ),
    answer(
      'the-final-sentence-contradicts-the-working',
      '2 2 2 2 2 ?',
      written`
        conv1 output 32x32x32
        conv1: 32*(75+1) = 2432
        conv2: 64*(288+1) = 18496
        flatten: 64*64 = 4096
        fc: 4096*10+10 = 40970
        total: 2432 + 18496 + 40970 = 61898

        Answer: the whole network has 61,988 parameters.
      `,
    ),
    answer(
      'two-totals-offered',
      '2 2 2 2 2 ?',
      written`
        conv1 output 32x32x32
        conv1: 32*(75+1) = 2432
        conv2: 64*(288+1) = 18496
        flatten: 64*64 = 4096
        fc: 4096*10+10 = 40970
        Total parameters: 61898
        Total parameters: 61792
      `,
    ),
    answer(
      'crossed-out-and-written-anew',
      '2 2 2 2 2 2',
      written`
        conv1 output: 32x32x32
        ~~conv1: 3*5*5*32 = 2400~~
        conv1: 3*5*5*32 + 32 = 2432
        conv2: 32*9*64 + 64 = 18496
        ~~flatten: 64*16*16 = 16384~~ flatten: 64*8*8 = 4096
        fc: 40960 + 10 = 40970
        ~~total: 61856~~
        total: 61898
      `,
    ),
    answer(
      'running-totals-through-the-equals-sign',
      '2 2 2 2 2 2',
      written`
        conv1 output: 32x32x32
        conv1: 3*25 = 75 * 32 = 2400 + 32 = 2432
        conv2: 32*9 = 288 * 64 = 18432 + 64 = 18496
        flatten: 8*8 = 64*64 = 4096
        fc: 4096*10 = 40960 + 10 = 40970
        total: 2432 + 18496 = 20928 + 40970 = 61898
      `,
    ),
    answer(
      'workings-without-results',
      '2 1 1 1 1 1',
      written`
        conv1 output: 32x32x32
        conv1: (3*5*5 + 1)*32
        conv2: (32*3*3 + 1)*64
        flatten: 64*8*8
        fc: 64*8*8*10 + 10
        total: (3*5*5 + 1)*32 + (32*3*3 + 1)*64 + 64*8*8*10 + 10
      `,
    ),
    answer(
      'a-neighbours-paper-with-half-the-filters',
      '? 1 ? ? ? ?',
      written`
        conv1 output: 16x32x32
        conv1: (3*5*5+1)*16 = 1216
        conv2: (16*3*3+1)*32 = 4640
        flatten: 32*8*8 = 2048
        fc: 2048*10+10 = 20490
        total: 1216+4640+20490 = 26346
      `,
      { proposed: '? ? ? ? ? ?' },
    ),
    answer(
      'a-column-added-up',
      '2 2 2 2 2 2',
      written`
        The feature map after conv1 is 32 x 32 x 32, after flattening there are 64*8*8 = 4096 features.

        conv1     2432
        conv2    18496
        fc       40970
        --------------
        total    61898
      `,
    ),
  ],
};
