import { answer, written, type Paper } from '../paper.js';

/** 16·75·75 = 90,000 activations in 360,000 bytes; 16·(7·9 + 1)·4 = 4,096 bytes of parameters; 5,670,000 MACs. */
export const MEMORY_IN_UNITS: Paper = {
  name: 'memory in units',
  question: written`
    marks: 9
    prompt: One convolution in 32-bit floats. What memory do its activations take, in kB of 1000 bytes? And what memory do its parameters take, in KiB?
    network:
      input: [7, 75, 75]
      layers:
        - Conv2d: { name: conv, out_channels: 16, kernel_size: 3, padding: 1 }
    conventions: { kilo: 1000 }
    ask:
      - { id: activations, says: Memory of the activations, quantity: activation-memory, of: conv, unit: kB, marks: 3, method: 2 }
      - { id: parameters, says: Memory of the parameters, quantity: parameter-memory, of: conv, unit: KiB, marks: 3, method: 2 }
      - { id: work, says: Multiply-accumulates, quantity: multiply-accumulates, of: conv, unit: M, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'right-in-the-units-asked-for',
      '3 3 3',
      written`
        Memory of the activations: 16·75·75·4 / 1000 = 360 kB
        Memory of the parameters: 16·(7·9+1)·4 / 1024 = 4 KiB
        MACs: 75·75·16·63 = 5.67 M
      `,
    ),
    answer(
      'units-left-to-the-question',
      '3 3 3',
      written`
        Memory of the activations: 360
        Memory of the parameters: 4
        MACs: 5.67
      `,
    ),
    answer(
      'other-units',
      '3 3 3',
      written`
        Memory of the activations: 90000 * 4 = 360000 bytes = 0.36 MB
        Memory of the parameters: 1024 * 4 = 4096 bytes
        Multiply-accumulates: 5625 * 16 * 63 = 5,670,000
      `,
    ),
    answer(
      'a-kilobyte-of-1024-where-1000-was-said',
      '? 3 3',
      written`
        Memory of the activations: 360000/1024 = 351.56 kB
        Memory of the parameters: 4096/1024 = 4 KiB
        MACs: 5670000
      `,
    ),
    answer(
      'the-number-right-and-the-unit-wrong',
      '? ? 3',
      written`
        Memory of the activations: 360000 kB
        Memory of the parameters: 4096 KiB
        MACs: 5.67 million
      `,
    ),
    answer(
      'bytes-without-a-unit',
      '? ? 3',
      written`
        Memory of the activations: 360000
        Memory of the parameters: 4096
        MACs: 5.67 M
      `,
    ),
  ],
};
