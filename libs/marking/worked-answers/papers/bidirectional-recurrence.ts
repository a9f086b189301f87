import { answer, written, type Paper } from '../paper.js';

/** A bidirectional GRU on 64 inputs with 50 units: 34,800 (34,500 with one bias); head on 100 features: 1,010. */
export const BIDIRECTIONAL_RECURRENCE: Paper = {
  name: 'a bidirectional GRU',
  question: written`
    marks: 8
    prompt: A bidirectional GRU reads sequences of 20 vectors of 64 numbers; each step goes to a linear layer with 10 outputs.
    network:
      input: [20, 64]
      code: |
        import torch.nn as nn

        class Tagger(nn.Module):
            def __init__(self):
                super().__init__()
                self.gru = nn.GRU(64, 50, bidirectional=True, batch_first=True)
                self.out = nn.Linear(100, 10)

            def forward(self, x):
                return self.out(self.gru(x)[0])
    conventions: { recurrentBias: one }
    ask:
      - { id: gru, says: Parameters of the GRU, quantity: parameters, of: gru, marks: 4, method: 2 }
      - { id: out, says: Parameters of the output layer, quantity: parameters, of: out, marks: 2, method: 1 }
      - { id: total, says: Total number of parameters, quantity: parameters, marks: 2, method: 1 }
  `,
  // one direction 3·(50·64 + 50·50 + 50) = 17,250; both 34,500; out 1,010; total 35,510
  answers: [
    answer(
      'gate-by-gate-and-direction-by-direction',
      '4 2 2',
      written`
        One gate: 50*64 + 50*50 + 50 = 5750
        Three gates: 3 * 5750 = 17250
        Both directions: 2 * 17250 = 34500
        Output layer: 2*50*10 + 10 = 1010
        Total: 34500 + 1010 = 35510
      `,
    ),
    answer(
      'one-direction-only',
      '0 2 2',
      written`
        GRU: 3*(50*64 + 50*50 + 50) = 17250
        output layer: 100*10+10 = 1010
        total number of parameters: 17250 + 1010 = 18260
      `,
      { because: { gru: /direction/ } },
    ),
    answer(
      'one-direction-everywhere',
      '0 1 2',
      written`
        GRU: 3*(50*64 + 50*50 + 50) = 17250
        output layer: 50*10+10 = 510
        total number of parameters: 17250 + 510 = 17760
      `,
    ),
    answer(
      'two-bias-vectors-where-one-is-asked-for',
      '0 2 2',
      written`
        GRU: 2*3*(50*64 + 50*50 + 2*50) = 34800
        out: 100*10+10 = 1010
        total: 34800 + 1010 = 35810
      `,
      { because: { gru: /two biases/ } },
    ),
    answer(
      'arithmetic-slip-mid-chain',
      '2 2 2',
      written`
        GRU = 2 · 3 · (50 · (64 + 50) + 50) = 6 · 5750 = 35400
        out = 101 · 10 = 1010
        total = 35400 + 1010 = 36410
      `,
    ),
  ],
};
