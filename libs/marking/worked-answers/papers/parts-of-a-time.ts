import { answer, written, type Paper } from '../paper.js';

/** 50,000 / 800 = 62.5 s; 90 of them are 5,625 s, 93.75 min or 1.5625 h. */
export const PARTS_OF_A_TIME: Paper = {
  name: 'parts of a time',
  question: written`
    marks: 5
    prompt: A device does 800 images in a second. How long do an epoch of 50,000 images (s) and 90 epochs (h) take?
    ask:
      - { id: epoch, says: Time of an epoch, value: 50000/800, unit: s, marks: 2, method: 1 }
      - { id: all, says: Time of 90 epochs, value: 90*epoch/3600, unit: h, tolerance: { relative: 0.01 }, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'minutes-and-seconds',
      '2 3',
      written`
        Epoch: 1 min 2.5 s
        90 epochs: 1 h 33 min 45 s
      `,
      { proposed: '2 ?' },
    ),
    answer(
      'minutes-and-wrong-seconds',
      '0 3',
      written`
        Epoch: 1 min 20 s
        90 epochs: 93.75 min
      `,
      { proposed: '? 3' },
    ),
    answer('hours-and-minutes-in-one-word', '2 3', 'An epoch takes 62.5 s and all 90 take about 1h34.', {
      proposed: '? ?',
    }),
  ],
};
