import { formulaCheck } from './formula.js';
import { named } from './roles.js';

const LOSS = (terms: string): string => `
import torch

def loss_of(outputs, targets):
    return ${terms}
`;

const IN_KERAS = (terms: string): string => `
import tensorflow as tf

def loss_of(y_true, y_pred):
    return tf.reduce_mean(${terms})
`;

const PREDICTION =
  /^(\w*_)?(y_?hat|y_?pred|preds?|predictions?|predicted|outputs?|out|logits|recon\w*|rebuilt|hypothesis|yhat)(_\w+)?$/i;
const TARGET =
  /^(\w*_)?(y|ys|y_?true|targets?|labels?|truth|gt|ground_truth|y_(batch|train|test)|expected)$/i;

export const squaredError = formulaCheck({
  id: 'squared-error-form',
  title: 'An error that is a sum of prediction and target',
  why: 'The error is their difference: the square of their sum is least where the prediction is the target’s negative.',
  instead: 'Write ((outputs - targets) ** 2).mean().',
  needs:
    'The mean or sum of a square or absolute value of a sum of what is called a prediction and what is called a target.',
  source: 'Bishop 2006, Pattern Recognition and Machine Learning, equation 1.2',
  speaksOf: /mean|\+[^\n]*\n?[^\n]*(\*\*\s*2|pow)|(square|abs|pow)\([^\n]*\+/,
  forms: [],
  roles: { p: named(PREDICTION), y: named(TARGET) },
  slips: [
    ...['mean((p + y)**2)', 'sum((p + y)**2)', 'mean(abs(p + y))', 'sum(abs(p + y))'].map((form) => ({
      form,
      says: '{p} and {y} are added, and their difference is the error.',
    })),
    {
      form: 'mean(p - y)',
      says: 'The difference is not squared: errors of different signs cancel out, and it has no least value.',
      when: (_, { givenTo }) => /^(\w*_)?(mse|rmse|loss|cost|mae)$/i.test(givenTo),
    },
  ],
  wrong: [
    LOSS('((outputs + targets) ** 2).mean()  # <--'),
    IN_KERAS('tf.square(y_true + y_pred)')
      .replace(')\n', ')  # <--\n')
      .replace('y_pred)  # <--:', 'y_pred):'),
  ],
  right: [LOSS('((outputs - targets) ** 2).mean()'), LOSS('(outputs + targets).mean()')],
});
