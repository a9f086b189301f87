import { eachNode } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { leavesOf } from '../../ask/targets.js';
import { loopsOf, usesOf } from '../../ask/tree.js';

const FOLDS = (part: string): string => `
import numpy as np
from sklearn.model_selection import KFold
from models import fitted

def cross_validated(X, y):
    scores = []
    for train, test in KFold(5, shuffle=True).split(X):
        model = fitted(X[train], y[train])
        scores.append((model.predict(X[${part}]) == y[${part}]).mean())
    return np.mean(scores)
`;

export const foldUnread: Check = {
  id: 'fold-unread',
  title: 'The part of a fold that was put aside is never looked at',
  severity: 'warning',
  why: 'Each fold is measured on what it has not learned from; measured on what it was fitted to, every figure is too good.',
  instead: 'Measure on X[test], y[test].',
  needs: 'A loop over the folds of a splitter whose second part is read nowhere in it.',
  wrong: [FOLDS('train').replace('.split(X):', '.split(X):  # <--')],
  right: [FOLDS('test')],
  *run(program) {
    if (!/KFold|ShuffleSplit|LeaveOneOut|TimeSeriesSplit|GroupKFold/.test(program.source)) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || !/\.split\(/.test(loop.iterable.span.text)) continue;
      const names = leavesOf(loop.target).flatMap((one) => (one.kind === 'Name' ? [one.id] : []));
      const [train, test] = names.slice(-2);
      if (names.length < 2 || train === undefined || test === undefined || test.startsWith('_')) continue;
      if (!/te|val|dev|hold/i.test(test) || !/tr/i.test(train) || usesOf(loop.body, test).length > 0)
        continue;
      if (usesOf(loop.body, train).length < 2 || !measures(loop.body)) continue;
      yield {
        at: loop.iterable.span,
        message: `${test} is read nowhere in this loop: each fold is measured on what it learns from.`,
        evidence: [],
      };
    }
  },
};

/** Whether anything in it is predicted or scored. */
function measures(body: readonly object[]): boolean {
  let does = false;
  eachNode(body, (node) => {
    if (node.kind === 'Call')
      does ||= /(predict|score|accuracy\w*|evaluate|argmax|\.mean)$/.test(node.callee.span.text);
  });
  return does;
}
