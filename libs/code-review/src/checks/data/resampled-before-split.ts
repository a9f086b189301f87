import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsOf, targetsOf } from '../../ask/tree.js';

const BALANCED = (lines: readonly string[]): string => `
import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.model_selection import train_test_split
from keras.models import Sequential

table = pd.read_csv('claims.csv')
x, y = table.drop(columns='fraud'), table['fraud']
${lines.join('\n')}
`;

export const resampledBeforeSplit: Check = {
  id: 'resampled-before-split',
  title: 'Classes balanced before examples are put aside',
  severity: 'warning',
  why: 'Copies of examples, or mixtures of them, end up among those to test with and among those that are learned from: what is measured is better than the network is.',
  instead: 'Split first, and balance the part to learn from alone.',
  needs: 'What a sampler of imblearn gives, handed to train_test_split.',
  wrong: [
    BALANCED([
      'x, y = SMOTE().fit_resample(x, y)  # <--',
      'x_train, x_test, y_train, y_test = train_test_split(x, y)',
    ]),
  ],
  right: [
    BALANCED([
      'x_train, x_test, y_train, y_test = train_test_split(x, y)',
      'x_train, y_train = SMOTE().fit_resample(x_train, y_train)',
    ]),
  ],
  *run(program) {
    if (!/fit_(re)?sample\(/.test(program.source) || !program.source.includes('train_test_split')) return;
    // Fewer of the many classes copy nothing.
    if (!/SMOTE|ADASYN|OverSampler/.test(program.source) || /UnderSampler/.test(program.source)) return;
    const statements = statementsOf(program);
    for (const made of statements) {
      if (made.kind !== 'Assign' || !/\.fit_(re)?sample\(/.test(made.value.span.text)) continue;
      const [features = ''] = targetsOf(made);
      const split = statements.find(
        (one) =>
          one.kind === 'Assign' &&
          one.value.kind === 'Call' &&
          /(^|\.)train_test_split$/.test(one.value.callee.span.text) &&
          one.value.args[0]?.span.text === features,
      );
      if (split === undefined || split.span.start < made.span.end) continue;
      const isGivenAgain = statements.some(
        (one) =>
          one.span.start >= made.span.end &&
          one.span.end <= split.span.start &&
          targetsOf(one).includes(features) &&
          !one.span.text.includes(`(${features}`),
      );
      if (isGivenAgain) continue;
      yield {
        at: made.span,
        message:
          'What is put aside to test with below has copies and mixtures of examples that are learned from.',
        evidence: [places(['they are put aside here', split.span])],
      };
    }
  },
};
