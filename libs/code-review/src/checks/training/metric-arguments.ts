import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eachAncestor } from '../../ask/ancestry.js';
import { eachMaking } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const JUDGED = (figure: string): string => `
import numpy as np
import torch
import torch.nn as nn
from sklearn.metrics import accuracy_score, precision_score, recall_score, roc_auc_score
net = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 3))

def judge(loader):
    net.eval()
    preds, labels = [], []
    with torch.no_grad():
        for inputs, targets in loader:
            preds.append(net(inputs).argmax(1).numpy())
            labels.append(targets.numpy())
    preds, labels = np.concatenate(preds), np.concatenate(labels)
    return ${figure}
`;

/** Figures of scikit-learn's that come out otherwise with both the other way round. */
const ONE_WAY =
  /^sklearn\.metrics\.(precision_score|recall_score|fbeta_score|precision_recall_fscore_support|roc_auc_score|average_precision_score|roc_curve|precision_recall_curve|classification_report|r2_score|log_loss)$/;

export const metricArguments: Check = {
  id: 'metric-arguments',
  title: 'Predictions given where the labels belong',
  severity: 'warning',
  why: 'scikit-learn takes the labels first: with both the other way round precision is recall and recall is precision.',
  instead: 'Give the labels first: precision_score(labels, predictions).',
  needs:
    'A figure of scikit-learn’s whose first argument comes of a network and whose second comes of data alone.',
  wrong: [
    JUDGED("precision_score(preds, labels, average='macro')  # <--"),
    JUDGED("recall_score(y_pred=labels, y_true=preds, average='macro')  # <--"),
    `
import numpy as np
from sklearn.metrics import recall_score
from sklearn.model_selection import train_test_split
from project import build, rows, labels
x, x_kept, y, y_kept = train_test_split(rows, labels)
net = build()
net.fit(x, y, epochs=5)
said = np.argmax(net.predict(x_kept), axis=1)
print(recall_score(said, np.argmax(y_kept, axis=1), average='macro'))  # <--
`,
  ],
  right: [
    JUDGED("precision_score(labels, preds, average='macro'), recall_score(y_pred=preds, y_true=labels)"),
    // The same either way.
    JUDGED('accuracy_score(preds, labels)'),
  ],
  *run(program) {
    if (!program.source.includes('sklearn')) return;
    const seen = new Set<number>();
    for (const value of eachMaking(program)) {
      const call = foreignCall(value);
      const at = value.span;
      if (call === undefined || at === undefined || !ONE_WAY.test(call.name) || seen.has(at.start)) continue;
      const [first, second] = call.args.positional;
      const truth = call.args.named.get('y_true') ?? first;
      const told =
        call.args.named.get('y_pred') ?? call.args.named.get('y_score') ?? (first === truth ? second : first);
      if (sourceOf(program, truth) !== 'network' || sourceOf(program, told) !== 'data') continue;
      seen.add(at.start);
      yield {
        at,
        message: `${call.name.split('.').at(-1) ?? ''} takes the labels first, and is given what the network says.`,
        evidence: [places(['what the network says', spanOfLayer(truth)])],
      };
    }
  },
};

/** Whether something comes of what a network gives, or of data and no network. */
function sourceOf(program: Program, datum: Datum | undefined): 'network' | 'data' | undefined {
  if (!isValue(datum)) return undefined;
  if (layerAbove(datum) !== undefined) return 'network';
  let isOfData = false;
  eachAncestor(datum, (value) => {
    isOfData ||=
      value.made.kind === 'batch' ||
      (value.made.kind === 'operation' && value.made.name === 'unpacked') ||
      (value.made.kind === 'argument' && /label|target|truth|^y/i.test(value.made.name));
    return !isOfData;
  });
  return isOfData ? 'data' : undefined;
}

function layerAbove(datum: Value): Value | undefined {
  let found: Value | undefined;
  eachAncestor(datum, (value) => {
    const { made } = value;
    const isAnswer = made.kind === 'operation' && /^predict(_\w+)?$/.test(made.name);
    if (made.kind === 'layer' || made.kind === 'module' || isAnswer) found ??= value;
    return found === undefined;
  });
  return found;
}

function spanOfLayer(datum: Datum | undefined): Value['span'] {
  return isValue(datum) ? layerAbove(datum)?.span : undefined;
}
