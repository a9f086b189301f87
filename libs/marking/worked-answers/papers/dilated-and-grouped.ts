import { answer, written, type Paper } from '../paper.js';

/** a: 8×60×60, 80 parameters; b: 16×30×30, 592 (4 groups); c: 1,936 filters… see the numbers beside the asks. */
export const DILATED_AND_GROUPED: Paper = {
  name: 'dilation, groups and a global pooling',
  question: written`
    marks: 12
    prompt: Work through the network.
    network:
      input: [1, 64, 64]
      layers:
        - Conv2d: { name: dilated, out_channels: 8, kernel_size: 3, dilation: 2 }
        - MaxPool2d: { name: pool, kernel_size: 2 }
        - Conv2d: { name: grouped, out_channels: 16, kernel_size: 3, padding: 1, groups: 4 }
        - AdaptiveAvgPool2d: 1
        - Flatten: { name: flat }
        - Linear: { name: head, out_features: 5 }
    ask:
      - { id: size, says: Height of the output of the dilated convolution, quantity: height, of: dilated, marks: 2, method: 1 }
      - { id: dilated, says: Parameters of the dilated convolution, quantity: parameters, of: dilated, marks: 2, method: 1 }
      - { id: grouped, says: Parameters of the grouped convolution, quantity: parameters, of: grouped, marks: 3, method: 2 }
      - { id: head, says: Parameters of the head, quantity: parameters, of: head, marks: 2, method: 1 }
      - { id: total, says: Parameters of the whole network, quantity: parameters, marks: 3, method: 1 }
  `,
  // 64 - 4 = 60; 8·(9+1) = 80; 16·(2·9+1) = 304; 16·5+5 = 85; 469
  answers: [
    answer(
      'right-with-an-effective-kernel',
      '2 2 3 2 3',
      written`
        Effective kernel: 3 + 2·(2−1)... = 5, so the height is 64 − 5 + 1 = 60
        Dilated: 8·(3·3·1+1) = 80
        Grouped: each group has 8/4 = 2 input channels and 16/4 = 4 filters: 4·(4·(2·9+1)) = 304
        Head: 16·5 + 5 = 85
        Whole network: 80 + 304 + 85 = 469
      `,
    ),
    answer(
      'dilation-forgotten',
      '0 2 3 2 3',
      written`
        Height after the dilated convolution: 64 - 3 + 1 = 62
        Parameters of the dilated convolution: 8 * 10 = 80
        Parameters of the grouped convolution: 16 * (2*9 + 1) = 304
        Parameters of the head: 85
        Whole network: 469
      `,
      { because: { size: /dilation/ } },
    ),
    answer(
      'groups-forgotten',
      '2 2 0 2 3',
      written`
        Height: 64 - 2*(3-1) = 60
        dilated: 9*8 + 8 = 80
        grouped: 9*8*16 + 16 = 1168
        head: 5*16 + 5 = 85
        Sum: 80 + 1168 + 85 = 1333
      `,
      { because: { grouped: /group/ } },
    ),
    answer(
      'flattened-before-the-global-pooling',
      '2 2 3 ? 3',
      written`
        Height of the dilated output: 60
        Dilated conv params: 80
        Grouped conv params: 304
        Head: 16*30*30*5 + 5 = 72005
        Total: 80 + 304 + 72005 = 72389
      `,
    ),
    answer(
      'a-slip-then-another',
      '2 1 3 1 3',
      written`
        Height: 64 − 4 = 60
        Dilated convolution: 8 · (9 + 1) = 90
        Grouped convolution: 16 · (18 + 1) = 304
        Head: 16 · 5 + 5 = 80
        Whole network: 90 + 304 + 80 = 474
      `,
    ),
    answer(
      'bold-headings-and-bullets',
      '2 2 3 2 3',
      written`
        ### Dilated convolution
        - output height: $(64 - 2\cdot 2 - 1) + 1 = 60$
        - parameters: $8\cdot(9+1) = \mathbf{80}$

        ### Grouped convolution
        - parameters: $16\cdot(\frac{8}{4}\cdot 9 + 1) = \mathbf{304}$

        ### Head
        - parameters: $\mathbf{85}$

        ### Total
        $80 + 304 + 85 = \mathbf{469}$
      `,
    ),
  ],
};
