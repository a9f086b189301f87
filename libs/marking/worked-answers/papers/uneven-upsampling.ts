import { answer, written, type Paper } from '../paper.js';

/** (7 − 1)·3 − 2 + 5 = 21, (21 − 1)·2 − 2 + 3 + 1 = 42; 96·48·25 + 48 = 115,248 and 433: 115,681. */
export const UNEVEN_UPSAMPLING: Paper = {
  name: 'transposed convolutions with an output padding',
  question: written`
    marks: 9
    prompt: Two transposed convolutions enlarge 96 maps of 7×7.
    network:
      input: [96, 7, 7]
      layers:
        - ConvTranspose2d: { name: up1, out_channels: 48, kernel_size: 5, stride: 3, padding: 1 }
        - ReLU
        - ConvTranspose2d: { name: up2, out_channels: 1, kernel_size: 3, stride: 2, padding: 1, output_padding: 1 }
    ask:
      - { id: side1, says: Height after the first transposed convolution, quantity: height, of: up1, marks: 2, method: 1 }
      - { id: side2, says: Height after the second transposed convolution, quantity: height, of: up2, marks: 2, method: 1 }
      - { id: up1, says: Parameters of the first transposed convolution, quantity: parameters, of: up1, marks: 2, method: 1 }
      - { id: up2, says: Parameters of the second transposed convolution, quantity: parameters, of: up2, marks: 1 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'right-and-terse',
      '2 2 2 1 2',
      written`
        h1 (7-1)*3 - 2*1 + 5 = 21
        h2 (21-1)*2 - 2*1 + 3 + 1 = 42
        params up1 96*48*5*5+48 = 115248
        params up2 48*9+1 = 433
        total 115681
      `,
    ),
    answer(
      'the-formula-of-an-ordinary-convolution',
      '? ? 2 1 2',
      written`
        Height after up1: (7 + 2*1 - 5)/3 + 1 = 2.33, so 2
        Height after up2: (2 + 2*1 - 3)/2 + 1 = 1.5, so 1
        Parameters of up1: 96*48*25 + 48 = 115248
        Parameters of up2: 48*1*9 + 1 = 433
        Total: 115248 + 433 = 115681
      `,
    ),
    answer(
      'output-padding-forgotten',
      '2 0 2 1 2',
      written`
        First transposed convolution: height (7 - 1) · 3 - 2 + 5 = 21, parameters 96 · 48 · 25 + 48 = 115,248
        Second transposed convolution: height (21 - 1) · 2 - 2 + 3 = 41, parameters 48 · 9 + 1 = 433
        Total parameters: 115,681
      `,
      { because: { side2: /output padding/ } },
    ),
    answer(
      'the-question-restated',
      '2 2 2 1 2',
      written`
        What is the height after the first transposed convolution? It is (7 − 1)·3 − 2 + 5 = 21.
        What is the height after the second transposed convolution? It is (21 − 1)·2 − 2 + 3 + 1 = 42.
        How many parameters does the first transposed convolution have? 96·48·5·5 + 48 = 115248.
        How many parameters does the second transposed convolution have? 48·1·3·3 + 1 = 433.
        How many parameters in total? 115248 + 433 = 115681.
      `,
    ),
    answer(
      'rows-out-of-order',
      '2 2 2 1 2',
      written`
        In total there are 115,248 + 433 = 115,681 parameters, because
        - up2 has 48 × 3 × 3 + 1 = 433 parameters
        - up1 has 96 × 48 × 5 × 5 + 48 = 115,248 parameters
        Sizes: after up2 the height is 20 × 2 − 2 + 3 + 1 = 42, since after up1 the height is 6 × 3 − 2 + 5 = 21.
      `,
    ),
    answer(
      'a-slip-in-the-first-size',
      '1 2 2 1 2',
      written`
        Height after the first transposed convolution: 6*3 - 2 + 5 = 22
        Height after the second transposed convolution: (22-1)*2 - 2 + 3 + 1 = 44
        Parameters of the first transposed convolution: 96*48*25 + 48 = 115248
        Parameters of the second transposed convolution: 48*9 + 1 = 433
        Total: 115681
      `,
    ),
    answer(
      'points-for-thousands',
      '2 2 2 1 2',
      written`
        Höhe (height) nach up1: (7-1)·3 - 2 + 5 = 21
        Höhe (height) nach up2: (21-1)·2 - 2 + 3 + 1 = 42
        Parameter up1: 96·48·25 + 48 = 115.248
        Parameter up2: 48·9 + 1 = 433
        Zusammen: 115.681
      `,
    ),
  ],
};
