import { answer, written, type Paper } from '../paper.js';

/** 64·224·224 = 3,211,264 activations in 12,845,056 bytes (12.25 MiB); 1,792 parameters in 7,168 bytes. */
export const MEMORY_OF_A_LAYER: Paper = {
  name: 'the memory of a layer',
  question: written`
    marks: 9
    prompt: One convolution in 32-bit floats. How many activations does it put out, what memory do they take, what memory do its parameters take, and how much work is it?
    network:
      input: [3, 224, 224]
      layers:
        - Conv2d: { name: conv, out_channels: 64, kernel_size: 3, padding: 1 }
    ask:
      - { id: units, says: Number of activations, quantity: units, of: conv, marks: 2, method: 1 }
      - { id: activations, says: Memory of the activations, quantity: activation-memory, of: conv, marks: 2, method: 1 }
      - { id: parameters, says: Memory of the parameters, quantity: parameter-memory, of: conv, marks: 2, method: 1 }
      - { id: work, says: Multiply-accumulates, quantity: multiply-accumulates, of: conv, marks: 3, method: 2 }
  `,
  answers: [
    answer(
      'right-in-bytes',
      '2 2 2 3',
      written`
        Activations: 64 * 224 * 224 = 3,211,264
        Memory of the activations: 3,211,264 * 4 B = 12,845,056 bytes
        Memory of the parameters: 64 * (27 + 1) = 1792, and 1792 * 4 = 7168 bytes
        MACs: 224 * 224 * 64 * 27 = 86,704,128
      `,
    ),
    answer(
      'binary-megabytes',
      '2 2 2 3',
      written`
        Number of activations = 224·224·64 = 3211264
        Activation memory = 3211264·4 / 1024² = 12.25 MB
        Parameter memory = 1792·4 / 1024 = 7 KB
        MACs = 3211264·27 = 86704128
      `,
    ),
    answer(
      'decimal-megabytes-with-a-working',
      '2 2 2 3',
      written`
        Activations: 64·224·224 = 3.211.264
        Speicher Aktivierungen (memory of the activations): 3.211.264 · 4 Byte ≈ 12,85 MB
        Memory of the parameters: 1.792 · 4 Byte ≈ 7,17 kB
        MACs: 3.211.264 · 27 = 86.704.128
      `,
    ),
    answer(
      'elements-taken-for-bytes',
      '2 0 0 3',
      written`
        Activations: 64*224*224 = 3211264
        Memory of the activations: 3211264 bytes
        Memory of the parameters: 1792 bytes
        Multiply-accumulates: 3211264*27 = 86704128
      `,
      { because: { parameters: /byte/ } },
    ),
    answer(
      'bits-for-bytes',
      '2 2 2 3',
      written`
        Activations: 64*224*224 = 3211264
        Memory of the activations: 3211264 * 32 = 102760448 bits
        Memory of the parameters: 1792 * 32 = 57344 bits
        Multiply-accumulates: 3211264*27 = 86704128
      `,
    ),
    answer(
      'the-bias-added-to-the-work',
      '2 2 2 2',
      written`
        Activations: 64*224*224 = 3211264
        Memory of the activations: 4*3211264 = 12845056 bytes
        Memory of the parameters: 4*1792 = 7168 bytes
        Multiply-accumulates: 3211264*28 = 89915392
      `,
      { proposed: '2 2 2 ?' },
    ),
  ],
};
