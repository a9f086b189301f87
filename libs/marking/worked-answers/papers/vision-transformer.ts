import { answer, written, type Paper } from '../paper.js';

/** 196 patches of 768 numbers; embedding 590,592; attention 2,362,368; MLP 2,362,368 + 2,360,064. */
export const VISION_TRANSFORMER: Paper = {
  name: 'the start of a vision transformer',
  question: written`
    marks: 10
    prompt: Images of 224×224×3 are cut into patches of 16×16, embedded in 768 dimensions and given to one transformer block.
    network:
      input: [3, 224, 224]
      code: |
        import torch.nn as nn

        class Start(nn.Module):
            def __init__(self):
                super().__init__()
                self.patches = nn.Conv2d(3, 768, 16, stride=16)
                self.attention = nn.MultiheadAttention(768, 12, batch_first=True)
                self.fc1 = nn.Linear(768, 3072)
                self.fc2 = nn.Linear(3072, 768)

            def forward(self, x):
                x = self.patches(x).flatten(2).transpose(1, 2)
                x = x + self.attention(x, x, x)[0]
                return x + self.fc2(self.fc1(x).relu())
    ask:
      - { id: tokens, says: Number of patches, value: (224/16)^2, marks: 1 }
      - { id: embedding, says: Parameters of the patch embedding, quantity: parameters, of: patches, marks: 2, method: 1 }
      - { id: attention, says: Parameters of the attention, quantity: parameters, of: attention, marks: 3, method: 2 }
      - { id: fc1, says: Parameters of the first MLP layer, quantity: parameters, of: fc1, marks: 1 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'lettered-parts-with-prose',
      '1 2 3 1 3',
      written`
        (a) 224/16 = 14 patches per side, so there are 14² = 196 patches.
        (b) Each patch has 16·16·3 = 768 values, which are projected to 768 dimensions: 768·768 + 768 = 590,592 parameters.
        (c) Attention has four projections (Q, K, V and output), each 768·768 + 768 = 590,592, i.e. 2,362,368 together.
        (d) 768·3072 + 3072 = 2,362,368
        (e) 590,592 + 2,362,368 + 2,362,368 + 3072·768 + 768 = 7,675,392
      `,
    ),
    answer(
      'embedding-without-bias-carried-forward',
      '1 0 3 1 3',
      written`
        Patches: (224 / 16)^2 = 196
        Patch embedding: 16 * 16 * 3 * 768 = 589824
        Attention: 4 * (768^2 + 768) = 2362368
        fc1: 768 * 3072 + 3072 = 2362368
        fc2: 3072 * 768 + 768 = 2360064
        Total: 589824 + 2362368 + 2362368 + 2360064 = 7674624
      `,
      { because: { embedding: /bias is left out/ } },
    ),
    answer(
      'only-three-projections-slip-in-sum',
      '1 2 0 1 1',
      written`
        # patches = 14*14 = 196
        patch embedding = 768*(16*16*3+1) = 590592
        attention = 3*(768*768+768) = 1771776
        fc1 = 2362368, fc2 = 2360064
        total = 590592+1771776+2362368+2360064 = 7084700
      `,
    ),
    answer(
      'a-number-per-line',
      '1 2 3 1 3',
      written`
        196
        590592
        2362368
        2362368
        7675392
      `,
    ),
    answer(
      'rounded-to-millions-in-words',
      '1 2 3 1 ?',
      written`
        There are 196 patches. The patch embedding takes 590,592 parameters and the attention 2,362,368 parameters; the first
        MLP layer has 2,362,368 parameters as well. Altogether this is roughly 7.7 million.
      `,
    ),
  ],
};
