import { answer, written, type Paper } from '../paper.js';

/** Stem 3·49·64 = 9,408; groups 4·(16·9·16) = 9,216; classifier 64·10 = 640; 19,264 in all. */
export const THREE_BLOCKS_IN_WORDS: Paper = {
  name: 'three blocks told in words',
  question: written`
    marks: 8
    prompt: Count the parameters of each block and of the network, without biases.
    network:
      input: [3, 64, 64]
      layers:
        - Conv2d: { name: stem, out_channels: 64, kernel_size: 7, padding: 3, bias: false }
        - Conv2d: { name: grouped, out_channels: 64, kernel_size: 3, padding: 1, groups: 4, bias: false }
        - AdaptiveAvgPool2d: 1
        - Flatten
        - Linear: { name: classifier, out_features: 10, bias: false }
    conventions:
      bias: either
    ask:
      - { id: stem, says: Parameters of the first block, quantity: parameters, of: stem, marks: 2, method: 1 }
      - { id: grouped, says: Parameters of the second block, quantity: parameters, of: grouped, marks: 3, method: 2 }
      - { id: head, says: Parameters of the classifier, quantity: parameters, of: classifier, marks: 2, method: 1 }
      - { id: total, says: Parameters of the whole network, quantity: parameters, marks: 1 }
  `,
  answers: [
    answer(
      'items-in-roman-numerals-with-a-slip-in-what-is-altogether-in-one-of-them',
      '2 2 2 1',
      written`
        i) 64*49*3=9408
        ii) each of the 4 groups: 16 in, 16 out, 3*3*16*16=2304. altogether 2304*4=9316
        iii) 64*10=640
        Everything: 9408+9316+640=19364
      `,
      { because: { grouped: /the result written is 9316/, total: /follows/ } },
    ),
    answer(
      'the-right-number-is-written-beside-a-wrong-one',
      '2 3 2 1',
      written`
        Parameters of block one: 7*7*64 = 3136
        (the image has colours, so times 3 = 9408)
        Block two: 2304*4 = 9216
        Classifier: 64*10 = 640
        Total: 9408 + 9216 + 640 = 19264
      `,
      { proposed: '? 3 2 1', because: { stem: /9408 is written, too/ } },
    ),
    answer(
      'a-total-that-may-follow-from-a-block-that-was-not-found',
      '2 0 2 1',
      written`
        The stem: 3*49*64 = 9408.
        Then comes 64*64*9 = 36864, as I did not see how the cutting matters.
        The classifier has 64*10 = 640.
        Total: 46912
      `,
      { proposed: '2 ? 2 ?', because: { total: /may follow from grouped/ } },
    ),
    answer(
      'a-total-worked-out-from-a-block-whose-own-number-was-not-taken',
      '2 0 2 1',
      written`
        First Block: 64 filters of size 7x7 on an image of 3x64x64, so params = 3*7*7*64 = 9408
        Second block: the map is 64 channels, 3*3*64*64 = 36864
        classifier = 64*10 = 640
        total = 9408+36864+640 = 46912
      `,
      { proposed: '2 ? 2 ?' },
    ),
    answer(
      'both-ways-of-counting-in-one-sentence',
      '2 3 2 1',
      written`
        The first block has 9408 parameters. The second one comes to 4 times 2304, which makes 9216 (9280 with bias).
        The classifier: 64 times 10, 640 (650 with bias). In total I get 19264 without and 19402 with biases.
      `,
    ),
  ],
};
