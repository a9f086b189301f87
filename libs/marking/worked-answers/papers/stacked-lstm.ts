import { answer, written, type Paper } from '../paper.js';

/** 320,000; 99,328 + 132,096 = 231,424 with two bias vectors; 645,000: 1,196,424. */
export const STACKED_LSTM: Paper = {
  name: 'two LSTM layers with two bias vectors each',
  question: written`
    marks: 9
    prompt: A language model embeds 5000 words in 64 numbers, runs two LSTM layers of 128 units and predicts the next word. Biases count as in PyTorch, two vectors for each layer.
    network:
      input: [30]
      code: |
        import torch.nn as nn

        class Model(nn.Module):
            def __init__(self):
                super().__init__()
                self.embedding = nn.Embedding(5000, 64)
                self.lstm = nn.LSTM(64, 128, num_layers=2, batch_first=True)
                self.fc = nn.Linear(128, 5000)

            def forward(self, words):
                return self.fc(self.lstm(self.embedding(words))[0])
    conventions: { recurrentBias: two }
    ask:
      - { id: embedding, says: Parameters of the embedding, quantity: parameters, of: embedding, marks: 1 }
      - { id: lstm, says: Parameters of both LSTM layers, quantity: parameters, of: lstm, marks: 4, method: 2 }
      - { id: fc, says: Parameters of the output layer, quantity: parameters, of: fc, marks: 2, method: 1 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'thousands-as-k',
      '1 4 2 2',
      written`
        Embedding: 5k * 64 = 320k
        LSTM layer 1: 4*(64*128 + 128*128 + 2*128) = 99,328
        LSTM layer 2: 4*(128*128 + 128*128 + 2*128) = 132,096
        LSTM: 99,328 + 132,096 = 231,424
        Output layer: 128*5000 + 5k = 645k
        Total: 320k + 231,424 + 645k ≈ 1.196M
      `,
    ),
    answer(
      'one-bias-where-two-were-asked-for',
      '1 0 2 2',
      written`
        Embedding: 5000·64 = 320000
        LSTM layers: 4·(64·128 + 128·128 + 128) + 4·(128·128 + 128·128 + 128) = 98816 + 131584 = 230400
        Output layer: 128·5000 + 5000 = 645000
        Total: 320000 + 230400 + 645000 = 1195400
      `,
      { because: { lstm: /one bias/ } },
    ),
    answer(
      'the-second-layer-taken-for-the-first-again',
      '1 0 2 2',
      written`
        Embedding: 5000*64 = 320000
        Both LSTM layers: 2 * 4 * (64*128 + 128*128 + 2*128) = 198656
        Output layer: 128*5000 + 5000 = 645000
        Total: 320000 + 198656 + 645000 = 1163656
      `,
      { because: { lstm: /like the first/ } },
    ),
    answer(
      'a-table-with-a-column-of-workings',
      '1 4 2 2',
      written`
        | layer | working | parameters |
        |-------|---------|-----------:|
        | embedding | 5000 × 64 | 320 000 |
        | LSTM, layer 1 | 4 × (64 × 128 + 128² + 256) | 99 328 |
        | LSTM, layer 2 | 4 × (128 × 128 + 128² + 256) | 132 096 |
        | LSTM, both layers | 99 328 + 132 096 | 231 424 |
        | output | 128 × 5000 + 5000 | 645 000 |
        | total | 320 000 + 231 424 + 645 000 | 1 196 424 |
      `,
    ),
    answer(
      'no-wait',
      '1 4 2 2',
      written`
        Embedding: 5000 * 64 = 320000.
        LSTM layer 1: 4*(64*128+128*128+256) = 99328
        LSTM layer 2: 4*(64*128+128*128+256) = 99328, no wait, its input is the 128 of layer 1, so
        LSTM layer 2: 4*(128*128+128*128+256) = 132096
        both LSTM layers: 99328 + 132096 = 231424
        Output layer: 128*5000+5000 = 645000
        Total: 320000+231424+645000 = 1196424
      `,
    ),
    answer(
      'two-final-numbers',
      '1 ? 2 ?',
      written`
        Embedding: 320,000
        Both LSTM layers: 231,424 or 230,400 with one bias vector
        Output layer: 645,000
        Total: 1,196,424 or 1,195,400
      `,
    ),
    answer('the-total-alone', '? ? ? 2', written`1196424`),
  ],
};
