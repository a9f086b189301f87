import { answer, written, type Paper } from '../paper.js';

/** 500·32 = 16,000 shared by both ends; 3·16·(32 + 16 + 2) = 2,400 or 2,352; 32·(16 + 1) = 544, frozen. */
export const TIED_AND_FROZEN: Paper = {
  name: 'tied and frozen weights in PyTorch',
  question: written`
    marks: 8
    prompt: How many parameters does the model have, how many of them are trained, and how many has each part?
    network:
      input: [12]
      code: |
        import torch
        from torch import nn

        class Model(nn.Module):
            def __init__(self):
                super().__init__()
                self.embedding = nn.Embedding(500, 32)
                self.gru = nn.GRU(32, 16, batch_first=True)
                self.back = nn.Linear(16, 32)
                self.head = nn.Linear(32, 500, bias=False)
                self.head.weight = self.embedding.weight
                self.back.requires_grad_(False)

            def forward(self, tokens: torch.LongTensor):
                states, _ = self.gru(self.embedding(tokens))
                return self.head(self.back(states))
    conventions: { recurrentBias: either }
    ask:
      - { id: embedding, says: Parameters of the embedding, quantity: parameters, of: embedding, marks: 1 }
      - { id: gru, says: Parameters of the GRU, quantity: parameters, of: gru, marks: 2, method: 1 }
      - { id: total, says: Parameters of the model, quantity: parameters, marks: 2, method: 1 }
      - { id: trained, says: Trainable parameters, quantity: trainable-parameters, marks: 2, method: 1 }
      - { id: frozen, says: Frozen parameters, quantity: non-trainable-parameters, marks: 1 }
  `,
  answers: [
    answer(
      'right-with-two-bias-vectors',
      '1 2 2 2 1',
      written`
        Embedding: 500*32 = 16000
        GRU: 3*(16*32 + 16*16 + 2*16) = 2400
        Linear back: 16*32 + 32 = 544. The head is tied to the embedding: nothing new.
        Total parameters of the model: 16000 + 2400 + 544 = 18944
        Trainable parameters: 16000 + 2400 = 18400
        Frozen parameters: 544
      `,
    ),
    answer(
      'right-with-one-bias-vector',
      '1 2 2 2 1',
      written`
        Embedding: 500*32 = 16000
        GRU: 3*16*(32 + 16 + 1) = 2352
        Frozen parameters: 32*(16+1) = 544
        Trainable parameters: 16000 + 2352 = 18352
        Parameters of the model: 18352 + 544 = 18896
      `,
    ),
    answer(
      'three-gates-slipped-and-carried-forward',
      '1 1 2 2 1',
      written`
        Embedding: 500*32 = 16000
        GRU: 3*(16*32 + 16*16 + 2*16) = 2040
        Frozen parameters: 544
        Parameters of the model: 16000 + 2040 + 544 = 18584
        Trainable parameters: 16000 + 2040 = 18040
      `,
    ),
  ],
};
