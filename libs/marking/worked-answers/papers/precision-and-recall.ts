import { answer, written, type Paper } from '../paper.js';

/** 45/60 = 75 %, 45/50 = 90 %, 980/1000 = 98 %; F1 of 81.8 %. */
export const PRECISION_AND_RECALL: Paper = {
  name: 'precision and recall',
  question: written`
    marks: 6
    prompt: Of 1000 pictures 45 are true positives, 15 false positives, 5 false negatives and 935 true negatives. Give the measures in per cent.
    ask:
      - { id: precision, says: Precision, value: 100*45/(45+15), unit: '%', marks: 1 }
      - { id: recall, says: Recall, value: 100*45/(45+5), unit: '%', marks: 1 }
      - { id: accuracy, says: Accuracy, value: 100*(45+935)/1000, unit: '%', marks: 2, method: 1 }
      - { id: f1, says: F1 score, value: 2*precision*recall/(precision+recall), unit: '%', significantFigures: 3, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'right-in-per-cent',
      '1 1 2 2',
      written`
        Precision = 45/(45+15) = 75%
        Recall = 45/(45+5) = 90%
        Accuracy = (45+935)/1000 = 98%
        F1 = 2 · 0.75 · 0.9/(0.75 + 0.9) = 81.8%
      `,
    ),
    answer(
      'right-as-shares-of-one',
      '1 1 2 2',
      written`
        P = 45/60 = 0.75, R = 45/50 = 0.9
        Precision: 0.75
        Recall: 0.9
        Accuracy: 980/1000 = 0.98
        F1 score: 2PR/(P+R) = 1.35/1.65 = 0.818
      `,
    ),
    answer(
      'fractions-and-a-decimal-comma',
      '1 1 2 2',
      written`
        $\text{Precision} = \frac{45}{60} = \frac{3}{4}$
        $\text{Recall} = \frac{45}{50} = \frac{9}{10}$
        $\text{Accuracy} = \frac{980}{1000} = 98\,\%$
        $F_1 = \frac{2 \cdot 45}{2 \cdot 45 + 15 + 5} = \frac{90}{110} = 81{,}8\,\%$
      `,
    ),
    answer(
      'precision-and-recall-exchanged',
      '? ? 2 2',
      written`
        Precision: 45/50 = 90 %
        Recall: 45/60 = 75 %
        Accuracy: 980/1000 = 98 %
        F1 score: 2*0.9*0.75/(0.9+0.75) = 81.8 %
      `,
    ),
    answer(
      'a-wrong-denominator-carried-on',
      '0 1 2 2',
      written`
        Precision: 45/75 = 60 %
        Recall: 45/50 = 90 %
        Accuracy: 98 %
        F1 score: 2*60*90/(60+90) = 72 %
      `,
    ),
    answer(
      'numbers-without-the-sign',
      '1 1 2 2',
      written`
        precision 75
        recall 90
        accuracy 98
        F1 score 81.8
      `,
    ),
  ],
};
