import { answer, written, type Paper } from '../paper.js';

/** 1,280,000 + 395,264 (394,240 with one bias vector a gate) + 1,285: 1,676,549 (1,675,525). */
export const LSTM_CLASSIFIER: Paper = {
  name: 'an LSTM classifier',
  question: written`
    marks: 8
    prompt: How many parameters has each part of this classifier?
    network:
      input: [40]
      code: |
        import torch.nn as nn

        class Classifier(nn.Module):
            def __init__(self):
                super().__init__()
                self.embedding = nn.Embedding(10000, 128)
                self.lstm = nn.LSTM(128, 256, batch_first=True)
                self.fc = nn.Linear(256, 5)

            def forward(self, tokens):
                states, _ = self.lstm(self.embedding(tokens))
                return self.fc(states[:, -1])
    ask:
      - { id: embedding, says: Parameters of the embedding, quantity: parameters, of: embedding, marks: 1 }
      - { id: lstm, says: Parameters of the LSTM, quantity: parameters, of: lstm, marks: 3, method: 2 }
      - { id: fc, says: Parameters of the linear layer, quantity: parameters, of: fc, marks: 1 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'one-bias-vector-throughout',
      '1 3 1 3',
      written`
        Embedding: 10000 × 128 = 1,280,000
        LSTM: 4 × (256 × (128 + 256) + 256) = 394,240
        Linear: 256 × 5 + 5 = 1,285
        Total: 1,280,000 + 394,240 + 1,285 = 1,675,525
      `,
    ),
    answer(
      'two-bias-vectors-gate-by-gate',
      '1 3 1 3',
      written`
        Embedding: 1.28M (10000 * 128 = 1280000)
        Each gate of the LSTM has 128*256 = 32768 input weights, 256*256 = 65536 recurrent weights and 512 biases.
        Per gate: 32768 + 65536 + 512 = 98816
        LSTM: 4 * 98816 = 395264
        fc: 257*5 = 1285
        Total: 1280000 + 395264 + 1285 = 1676549
      `,
    ),
    answer(
      'gates-forgotten-and-carried-forward',
      '1 0 1 3',
      written`
        embedding: 10000*128 = 1280000
        lstm: 256*(128+256) + 256 = 98560
        fc: 256*5+5 = 1285
        total: 1280000 + 98560 + 1285 = 1379845
      `,
      { because: { lstm: /gate/ } },
    ),
    answer(
      'three-gates-as-in-a-gru',
      '1 0 1 3',
      written`
        embedding: 10000*128 = 1280000
        lstm: 3*(256*(128+256) + 512) = 296448
        fc: 256*5+5 = 1285
        total: 1280000 + 296448 + 1285 = 1577733
      `,
      { because: { lstm: /gate|GRU/ } },
    ),
    answer(
      'no-biases-in-the-lstm',
      '1 0 1 3',
      written`
        embedding: 10000*128 = 1280000
        lstm: 4*(256*128 + 256*256) = 393216
        fc: 256*5+5 = 1285
        total: 1280000 + 393216 + 1285 = 1674501
      `,
      { because: { lstm: /bias/ } },
    ),
    answer(
      'total-in-millions',
      '1 3 1 3',
      written`
        Embedding: 10000·128 = 1280000
        LSTM: 4·(128·256 + 256·256 + 2·256) = 395264
        Linear: 256·5 + 5 = 1285
        Total: 1280000 + 395264 + 1285 ≈ 1.68 M
      `,
    ),
    answer(
      'in-words-only',
      '? ? ? ?',
      written`
        An LSTM has four gates, each with its own weights for the input and for the hidden state, so there are far more
        parameters than in a simple recurrent layer of the same size.
      `,
    ),
  ],
};
