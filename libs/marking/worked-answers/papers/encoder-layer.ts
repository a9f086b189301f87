import { answer, written, type Paper } from '../paper.js';

/** Attention 1,050,624; feed-forward 1,050,624 and 1,049,088; normalisations 1,024 each: 3,152,384. */
export const ENCODER_LAYER: Paper = {
  name: 'a transformer encoder layer',
  question: written`
    marks: 11
    prompt: A post-norm encoder layer with d_model 512, 8 heads and a feed-forward width of 2048, with all biases.
    network:
      input: [10, 512]
      code: |
        import torch.nn as nn

        class Encoder(nn.Module):
            def __init__(self):
                super().__init__()
                self.attention = nn.MultiheadAttention(512, 8, batch_first=True)
                self.norm1 = nn.LayerNorm(512)
                self.ff1 = nn.Linear(512, 2048)
                self.ff2 = nn.Linear(2048, 512)
                self.norm2 = nn.LayerNorm(512)

            def forward(self, x):
                x = self.norm1(x + self.attention(x, x, x)[0])
                return self.norm2(x + self.ff2(self.ff1(x).relu()))
    ask:
      - { id: head, says: Dimension of a head, value: 512/8, marks: 1 }
      - { id: attention, says: Parameters of the attention, quantity: parameters, of: attention, marks: 3, method: 2 }
      - { id: ff1, says: Parameters of the first feed-forward layer, quantity: parameters, of: ff1, marks: 2, method: 1 }
      - { id: ff2, says: Parameters of the second feed-forward layer, quantity: parameters, of: ff2, marks: 2, method: 1 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'right-with-four-projections',
      '1 3 2 2 3',
      written`
        d_k = 512/8 = 64
        Attention: W_Q, W_K, W_V and W_O have 512*512 + 512 = 262656 each, so 4 * 262656 = 1050624
        Feed-forward 1: 512*2048 + 2048 = 1050624
        Feed-forward 2: 2048*512 + 512 = 1049088
        LayerNorm: 2*512 = 1024, twice: 2048
        Total: 1050624 + 1050624 + 1049088 + 2048 = 3152384
      `,
    ),
    answer(
      'head-by-head',
      '1 3 2 2 3',
      written`
        Dimension of a head: $d_k = 512 / 8 = 64$
        Attention: per head $3 \cdot (512 \cdot 64 + 64) = 98496$, eight heads: $8 \cdot 98496 = 787968$,
        output projection $512^2 + 512 = 262656$, so attention: $787968 + 262656 = 1050624$
        First feed-forward layer: $512 \cdot 2048 + 2048 = 1050624$
        Second feed-forward layer: $2048 \cdot 512 + 512 = 1049088$
        Total: $1050624 + 1050624 + 1049088 + 4 \cdot 512 = 3152384$
      `,
    ),
    answer(
      'output-projection-forgotten',
      '1 0 2 2 3',
      written`
        head dim = 512/8 = 64
        attention = 3*(512*512+512) = 787968
        ff1 = 512*2048+2048 = 1050624
        ff2 = 2048*512+512 = 1049088
        norms = 2048
        total = 787968+1050624+1049088+2048 = 2889728
      `,
      { because: { attention: /out_proj/ } },
    ),
    answer(
      'whole-projections-for-each-head',
      '1 0 2 2 3',
      written`
        head dim: 64
        attention: 8*3*(512*512+512) + 512*512 + 512 = 6566400
        ff1: 1050624
        ff2: 1049088
        norms: 2*2*512 = 2048
        total: 6566400 + 1050624 + 1049088 + 2048 = 8668160
      `,
      { proposed: '1 ? 2 2 3' },
    ),
    answer(
      'two-slips-of-arithmetic',
      '1 2 2 1 3',
      written`
        Head dimension: 512 ÷ 8 = 64
        Attention: 4 × (512 × 512 + 512) = 1050264
        First feed-forward layer: 512 × 2048 + 2048 = 1050624
        Second feed-forward layer: 2048 × 512 + 512 = 1048088
        Norms: 2048
        Total: 1050264 + 1050624 + 1048088 + 2048 = 3151024
      `,
    ),
  ],
};
