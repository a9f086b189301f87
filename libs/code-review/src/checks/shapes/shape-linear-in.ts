import { errorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import { otherNumber } from '../../ask/fixes.js';
import { places } from '../../ask/places.js';
import { refusedWidth } from './linear-input.js';

export const shapeLinearIn = errorCheck(
  {
    id: 'shape-linear-in',
    title: 'A linear layer of another width than its input',
    why: 'The layer multiplies the last dimension of its input by its weight: widths that differ raise an error.',
    instead: 'Make in_features the width of what the layer is given.',
    needs: 'A call of the layer on a tensor of known shape.',
    onSupposed: true,
    wrong: [
      `
import torch
import torch.nn as nn
from words import vocabulary, texts

class Mood(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.words = nn.Embedding(words, 32)
        self.rnn = nn.LSTM(32, 64, batch_first=True, bidirectional=True)
        self.out = nn.Linear(64, 1)  # <--

    def forward(self, x):
        _, (hidden, _) = self.rnn(self.words(x))
        return self.out(torch.cat((hidden[-2, :, :], hidden[-1, :, :]), dim=1))

net = Mood(len(vocabulary))
for text in texts:
    net(text)
`,
      `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(32, 3)  # <--

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x)))

Net()(torch.randn(8, 20))
`,
      `
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence

class Reader(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.words = nn.Embedding(words, 32)
        self.rnn = nn.LSTM(32, 64, bidirectional=True, batch_first=True)
        self.head = nn.Linear(64, 2)  # <--

    def forward(self, text, lengths):
        packed = pack_padded_sequence(self.words(text), lengths, batch_first=True)
        out, (hidden, cell) = self.rnn(packed)
        return self.head(torch.cat((hidden[-2], hidden[-1]), dim=1))
`,
      `
import torch
import torch.nn as nn
import torch.nn.functional as F
import gym

env = gym.make('CartPole-v1')
states, actions = env.observation_space.shape[0], env.action_space.n

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(states, 20)
        self.out = nn.Linear(10, actions)  # <--

    def forward(self, x):
        return self.out(F.relu(self.fc1(x)))

print(Net()(torch.from_numpy(env.reset()[0]).unsqueeze(0)))
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
net(torch.randn(8, 12, 20))
`,
      `
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence

class Reader(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.words = nn.Embedding(words, 32)
        self.rnn = nn.LSTM(32, 64, bidirectional=True, batch_first=True)
        self.head, self.other = nn.Linear(128, 2), nn.Linear(64, 2)

    def forward(self, text, lengths):
        packed = pack_padded_sequence(self.words(text), lengths, batch_first=True)
        out, (hidden, cell) = self.rnn(packed)
        return self.head(torch.cat((hidden[-2], hidden[-1]), dim=1)) + self.other(hidden[-1])
`,
      `
import torch
import torch.nn as nn
import gym

env = gym.make('CartPole-v1')
states, actions = env.observation_space.shape[0], env.action_space.n
net = nn.Sequential(nn.Linear(states, 20), nn.BatchNorm1d(20), nn.ReLU(), nn.Linear(20, actions))
wide = nn.Linear(states, 20)
halves = nn.Linear(10, actions)
x = torch.from_numpy(env.reset()[0]).unsqueeze(0)
print(net(x), halves(wide(x).chunk(2, dim=1)[0]), halves(wide(x).view(-1, 10)))
`,
    ],
  },
  (error, program) => {
    const refused = refusedWidth(error);
    if (refused?.cause !== 'shape-linear-in') return undefined;
    const { layer, input, wanted, given } = refused;
    const at = layer.span ?? error.moment.span;
    if (at === undefined || input.shape === undefined) return undefined;
    const fix = otherNumber(program, layer, { name: 'in_features', position: 0, from: wanted, to: given });
    return {
      at,
      message: `The linear layer takes ${wanted} features and is given ${given}.`,
      evidence: [
        { kind: 'shapes', shapes: [{ what: 'it is given', shape: input.shape }] },
        places(['it is called here', error.moment.span]),
        inWords(error),
      ],
      ...(fix && { fix }),
    };
  },
);
