import { answer, written, type Paper } from '../paper.js';

/** 196·96 + 96 = 18,912; 96·48 + 48 = 4,656; 48·7 + 7 = 343; 23,911 in all, 95.644 kB. */
export const PERCEPTRON_IN_SENTENCES: Paper = {
  name: 'a perceptron in sentences',
  question: written`
    marks: 8
    prompt: A perceptron takes 14 × 14 images and has layers of 96, 48 and 7 units. Give the parameters of each layer, of the network, and their memory in kB.
    network:
      input: [1, 14, 14]
      layers:
        - Flatten
        - Linear: { name: fc1, out_features: 96 }
        - ReLU
        - Linear: { name: fc2, out_features: 48 }
        - ReLU
        - Linear: { name: fc3, out_features: 7 }
    ask:
      - { id: first, says: Parameters of the first layer, quantity: parameters, of: fc1, marks: 2, method: 1 }
      - { id: second, says: Parameters of the second layer, quantity: parameters, of: fc2, marks: 2, method: 1 }
      - { id: last, says: Parameters of the output layer, quantity: parameters, of: fc3, marks: 1 }
      - { id: all, says: Parameters of the network, quantity: parameters, marks: 1 }
      - { id: memory, says: Memory of all parameters, quantity: parameter-memory, unit: kB, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'weights-and-biases-told-before-their-sum',
      '2 2 1 1 2',
      written`
        The first layer has 196 times 96 weights, that is 18816, and 96 biases, so 18912 in all. The second layer has 4608 weights
        and 48 biases, 4656. The output layer has 336 weights and 7 biases, 343. So the network has 23911 parameters, and with four
        bytes each they take 95.6 kB.
      `,
      { proposed: '2 2 ? 1 2' },
    ),
    answer(
      'weights-alone-and-a-memory-that-follows-rounded',
      '0 0 0 1 2',
      written`
        Layer 1: 196 x 96 = 18,816
        Layer 2: 96 x 48 = 4,608
        Layer 3: 48 x 7 = 336
        Total: 23,760
        Memory: 23,760 x 4 = 95.0 kB
      `,
      { because: { memory: /follows/ } },
    ),
    answer(
      'a-row-of-guesses-that-holds-what-is-right',
      '0 0 0 0 0',
      written`
        Possible values: 18720 18816 18912 4560 4608 4656 336 343 350 23760 23911 24062 95.0 95.6 96.2
      `,
      { proposed: '? ? ? ? ?' },
    ),
    answer(
      'numbers-that-are-denied-or-only-bounds',
      '0 0 0 0 0',
      written`
        fc1 has not 18912 parameters.
        fc2 does not have 4656 parameters, it has more.
        fc3: less than 343
        total: it is certainly not 23911
        memory: far more than 95.644 kB
      `,
      { proposed: '? ? ? ? ?' },
    ),
    answer(
      'what-somebody-else-says',
      '0 0 0 1 ?',
      written`
        fc1: 18816
        A friend of mine says fc2 is 4656 but I get 4608.
        fc3: 336
        total: 23760
      `,
      { proposed: '0 ? 0 ? ?' },
    ),
    answer(
      'the-right-number-after-another-in-a-list-of-alternatives',
      '0 2 1 1 2',
      written`
        fc1: 18816, 18912 or 18720
        fc2: 96*48 + 48 = 4656
        fc3: 343
        total: 23911
        memory: 23911 * 4 = 95644 bytes
      `,
      { proposed: '? 2 1 1 2', because: { first: /18912 is written, too/ } },
    ),
  ],
};
