import { answer, written, type Paper } from '../paper.js';

/** 442,368 without biases, 147,840, 591,360 and 590,208; two normalisations of 768: 1,773,312. */
export const DECODER_BLOCK: Paper = {
  name: 'a decoder block without biases in its projections',
  question: written`
    marks: 10
    prompt: A decoder block has a width of 384, six heads, a query-key-value projection without biases and an MLP four times as wide.
    network:
      input: [64, 384]
      code: |
        import torch
        import torch.nn as nn

        class Block(nn.Module):
            def __init__(self):
                super().__init__()
                self.norm1 = nn.LayerNorm(384)
                self.qkv = nn.Linear(384, 3 * 384, bias=False)
                self.proj = nn.Linear(384, 384)
                self.norm2 = nn.LayerNorm(384)
                self.up = nn.Linear(384, 4 * 384)
                self.down = nn.Linear(4 * 384, 384)

            def forward(self, x):
                q, k, v = self.qkv(self.norm1(x)).chunk(3, dim=-1)
                weights = torch.softmax(q @ k.transpose(-2, -1) / 8, dim=-1)
                x = x + self.proj(weights @ v)
                return x + self.down(torch.relu(self.up(self.norm2(x))))
    ask:
      - { id: head, says: Width of a head, value: 384/6, marks: 1 }
      - { id: qkv, says: Parameters of the query-key-value projection, quantity: parameters, of: qkv, marks: 2, method: 1 }
      - { id: proj, says: Parameters of the output projection, quantity: parameters, of: proj, marks: 2, method: 1 }
      - { id: up, says: Parameters of the first MLP layer, quantity: parameters, of: up, marks: 1 }
      - { id: down, says: Parameters of the second MLP layer, quantity: parameters, of: down, marks: 1 }
      - { id: total, says: Parameters of the whole block, quantity: parameters, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'right-in-aligned-latex',
      '1 2 2 1 1 3',
      written`
        \begin{aligned}
        d_h &= \frac{384}{6} = 64 \\
        N_{\text{qkv}} &= 3 \cdot 384^2 = 442{,}368 \\
        N_{\text{output projection}} &= 384^2 + 384 = 147{,}840 \\
        N_{\text{MLP, first layer}} &= 384 \cdot 1536 + 1536 = 591{,}360 \\
        N_{\text{MLP, second layer}} &= 1536 \cdot 384 + 384 = 590{,}208 \\
        N_{\text{total}} &= 442{,}368 + 147{,}840 + 591{,}360 + 590{,}208 + 2 \cdot 768 = 1{,}773{,}312
        \end{aligned}
      `,
    ),
    answer(
      'typed-on-a-phone',
      '1 2 2 1 1 3',
      written`
        head 384/6=64
        qkv 3x384x384=442368 no bias
        out proj 384x384+384=147840
        mlp1 384x1536+1536=591360
        mlp2 1536x384+384=590208
        2 norms 1536
        tot 1773312
      `,
    ),
    answer(
      'biases-counted-that-are-not-there',
      '1 0 2 1 1 3',
      written`
        Width of a head: 384 / 6 = 64
        QKV projection: 3 * (384*384 + 384) = 443520
        Output projection: 384*384 + 384 = 147840
        First MLP layer: 384*1536 + 1536 = 591360
        Second MLP layer: 1536*384 + 384 = 590208
        Norms: 2*2*384 = 1536
        Total: 443520 + 147840 + 591360 + 590208 + 1536 = 1774464
      `,
      { because: { qkv: /bias is counted/ } },
    ),
    answer(
      'points-for-thousands-and-a-colon-for-division',
      '1 2 2 1 1 3',
      written`
        Breite eines Kopfes (width of a head): 384 : 6 = 64
        QKV: 3 · 384² = 442.368
        Output projection: 384² + 384 = 147.840
        MLP, first layer: 384 · 1.536 + 1.536 = 591.360
        MLP, second layer: 1.536 · 384 + 384 = 590.208
        LayerNorms: 2 · 2 · 384 = 1.536
        Insgesamt: 442.368 + 147.840 + 591.360 + 590.208 + 1.536 = 1.773.312
      `,
    ),
    answer(
      'prose-alone',
      '1 2 2 1 1 3',
      written`
        Each of the six heads is 64 wide. The query-key-value projection has no biases and so 442,368 parameters. The output
        projection has 147,840 parameters. The first MLP layer has 591,360 parameters and the second MLP layer has 590,208
        parameters. With the two normalisations the whole block has 1,773,312 parameters.
      `,
      { proposed: '? 2 2 1 1 3' },
    ),
    answer(
      'a-slip-at-the-start-that-is-carried-on',
      '1 1 2 1 1 3',
      written`
        1) 384/6 = 64
        2) qkv: 3 * 384 * 384 = 442386
        3) proj: 384 * 384 + 384 = 147840
        4) up: 384 * 1536 + 1536 = 591360
        5) down: 1536 * 384 + 384 = 590208
        6) whole block: 442386 + 147840 + 591360 + 590208 + 1536 = 1773330
      `,
    ),
    answer(
      'normalisations-forgotten-in-the-total',
      '1 2 2 1 1 0',
      written`
        d_head = 64
        qkv: 3·384·384 = 442,368
        output projection: 384·384 + 384 = 147,840
        up: 384·1536 + 1536 = 591,360
        down: 1536·384 + 384 = 590,208
        whole block: 442,368 + 147,840 + 591,360 + 590,208 = 1,771,776
      `,
      { because: { total: /normalisation/ } },
    ),
  ],
};
