import { answer, written, type Paper } from '../paper.js';

/** Precision 0.75, recall 0.6, F1 2/3; intersection 6, union 26, IoU 3/13. */
export const METRICS_AS_FRACTIONS: Paper = {
  name: 'metrics as fractions',
  question: written`
    marks: 8
    prompt: A detector has 30 true positives, 10 false positives and 20 false negatives. Precision, recall and F1? Two boxes of 16 share an area of 6. What is their IoU?
    ask:
      - { id: precision, says: Precision, value: 30/40, tolerance: { absolute: 0.005 }, marks: 2, method: 1 }
      - { id: recall, says: Recall, value: 30/50, tolerance: { absolute: 0.005 }, marks: 2, method: 1 }
      - { id: f1, says: F1 score, value: 2*precision*recall/(precision+recall), tolerance: { absolute: 0.005 }, marks: 2, method: 1 }
      - { id: iou, says: IoU, value: 6/(16+16-6), decimals: 3, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'shortest-fractions-are-results',
      '2 2 2 ?',
      written`
        The precision is 3/4, the recall is 3/5 and the F1 score is 2/3.
        IoU = 3/13
      `,
      { because: { iou: /as a fraction/ }, proposed: '2 2 2 ?' },
    ),
    answer(
      'fractions-that-may-be-shortened',
      '? ? 2 2',
      written`
        Precision = 30/40
        Recall = 30/50
        F1 = 2 * 0.75 * 0.6 / (0.75 + 0.6) = 0.667
        IoU = 6/26 = 0.231
      `,
    ),
  ],
};
