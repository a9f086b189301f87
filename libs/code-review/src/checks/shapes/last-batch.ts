import { turnsOf } from '@tensormark/frameworks';
import { errorCheck } from '../../ask/error-check.js';
import { eventsOf } from '../../ask/events.js';
import { inWords } from '../../ask/errors.js';
import { places } from '../../ask/places.js';

export const lastBatch = errorCheck(
  {
    id: 'last-batch',
    title: 'Code that holds for full batches only',
    why: 'The last batch of an epoch has the rows that are left over: where the batch size is written into shapes, it raises an error.',
    instead:
      'Take the number of rows from the batch itself (x.size(0)), or make the loader with drop_last=True.',
    needs:
      'A loader over data of known length that its batch size does not divide, and an error on the smaller batch.',
    wrong: [
      `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
rows = 64
loader = DataLoader(TensorDataset(torch.randn(1000, 20, 5), torch.randn(1000, 1)), batch_size=rows, shuffle=True)
rnn, head = nn.GRU(5, 32, batch_first=True), nn.Linear(32, 1)
optimizer = torch.optim.Adam([*rnn.parameters(), *head.parameters()])
for x, y in loader:
    optimizer.zero_grad()
    out, h = rnn(x, torch.zeros(1, rows, 32))  # <--
    loss = nn.functional.mse_loss(head(out[:, -1]), y)
    loss.backward()
    optimizer.step()
`,
      `
import torch
import torch.nn as nn
from torchvision import datasets, transforms
digits = datasets.MNIST('.', train=True, transform=transforms.ToTensor())
loader = torch.utils.data.DataLoader(digits, batch_size=64, shuffle=True)
net = nn.Linear(784, 10)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for images, labels in loader:
    optimizer.zero_grad()
    scores = net(images.view(64, 784))  # <--
    nn.functional.cross_entropy(scores, labels).backward()
    optimizer.step()
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
rows = 64
data = TensorDataset(torch.randn(1000, 20, 5), torch.randn(1000, 1))
rnn, head = nn.GRU(5, 32, batch_first=True), nn.Linear(32, 1)
optimizer = torch.optim.Adam([*rnn.parameters(), *head.parameters()])
for x, y in DataLoader(data, batch_size=rows, shuffle=True):
    optimizer.zero_grad()
    out, h = rnn(x, torch.zeros(1, x.size(0), 32))
    loss = nn.functional.mse_loss(head(out[:, -1]), y)
    loss.backward()
    optimizer.step()
for x, y in DataLoader(data, batch_size=rows, shuffle=True, drop_last=True):
    optimizer.zero_grad()
    out, h = rnn(x, torch.zeros(1, rows, 32))
    loss = nn.functional.mse_loss(head(out[:, -1]), y)
    loss.backward()
    optimizer.step()
`,
    ],
  },
  (error, program) => {
    const at = error.moment.span;
    const turn = turnsOf(error.moment).find(({ loop }) => loop.overLoader);
    if (at === undefined || turn === undefined || turn.index === 0 || error.from !== 'torch')
      return undefined;
    const begun = eventsOf(program, 'loader-iterated').findLast(({ moment }) => moment.at < error.moment.at);
    if (begun?.last === undefined) return undefined;
    return {
      at,
      message: `The last batch has ${begun.last} rows, and this holds only for batches of ${begun.loader.batchSize ?? 'more'}.`,
      evidence: [
        places(['the loader', begun.loader.made.span], ['the loop', turn.loop.span]),
        inWords(error),
      ],
    };
  },
);
