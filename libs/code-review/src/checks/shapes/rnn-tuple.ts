import { isValue } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import { errorCheck } from '../../ask/error-check.js';
import type { ErrorCheck } from '../../ask/error-check.js';
import { inWords, isAskedFirst, layerOf } from '../../ask/errors.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

const tupleRefused = errorCheck(
  {
    id: 'rnn-tuple',
    title: 'The tuple that a layer or network gives is used as a tensor',
    why: 'RNN, LSTM and GRU give their outputs and their last state, Inception and GoogLeNet in training their auxiliary outputs too; a tuple is no tensor, and the next layer or loss refuses it.',
    instead: 'Take it apart: output, state = self.rnn(x).',
    needs: 'A layer or loss called on a tuple.',
    wrong: [
      `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(10, 20, batch_first=True)
        self.fc = nn.Linear(20, 2)

    def forward(self, x):
        x = self.lstm(x)
        return self.fc(x)  # <--

Net()(torch.randn(4, 7, 10))
`,
      `
import torch.nn as nn

class Forecast(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 20, batch_first=True)
        self.head = nn.Linear(20, 1)

    def forward(self, series):
        out = self.gru(series)
        return self.head(out[:, -1, :])  # <--
`,
      `
import torch.nn as nn
from torchvision import models
def train(loader, optimizer):
    model = models.inception_v3(num_classes=5)
    for images, labels in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(images), labels)  # <--
        loss.backward()
        optimizer.step()
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
lstm, fc = nn.LSTM(10, 20, batch_first=True), nn.Linear(20, 2)
out, (h, c) = lstm(torch.randn(4, 7, 10))
fc(out[:, -1])
`,
    ],
  },
  (error, program) => {
    const at = error.moment.span;
    const isTuple =
      /must be Tensor, not (tuple|list)|'tuple' object has no attribute '(dim|size|flatten|softmax|view|shape|reshape|squeeze|permute|transpose|contiguous|mean|unsqueeze)'/.test(
        error.message,
      ) ||
      (error.message.startsWith('tuple indices must be integers') &&
        isPairOfLayer(error.args?.positional[0]));
    if (at === undefined || !isTuple || isAskedFirst(program, error)) return undefined;
    return {
      at,
      message: 'A tuple is used where a tensor is wanted.',
      evidence: [places(['the layer that is given it', layerOf(error)?.span]), inWords(error)],
    };
  },
);

export const rnnTuple: ErrorCheck = {
  ...tupleRefused,
  *run(program) {
    yield* tupleRefused.run(program);
    // Of what is not known no shape is refused, and a tuple of it is one all the same.
    for (const { args, name, moment } of eventsOf(program, 'loss')) {
      const [given] = args.positional;
      if (name === 'unknown' || moment.span === undefined || !Array.isArray(given)) continue;
      if (!given.some((item: Datum) => isValue(item) && item.made.kind === 'layer')) continue;
      yield {
        at: moment.span,
        message: 'The loss is given a tuple where a tensor is wanted.',
        evidence: [places(...given.filter(isValue).map((item) => ['a part of it', item.span] as const))],
      };
    }
  },
};

/** Whether it is what a recurrent layer gives: outputs and state. */
function isPairOfLayer(datum: Datum | undefined): boolean {
  if (!Array.isArray(datum)) return false;
  const first: Datum | undefined = datum[0];
  return isValue(first) && first.made.kind === 'layer' && /^(RNN|LSTM|GRU)(Cell)?$/.test(first.made.name);
}
