import { answer, written, type Paper } from '../paper.js';

/** 8000·256 = 2,048,000; 256·257 = 65,792; 8,000 biases more: 2,121,792 in 8,487,168 bytes. */
export const TIED_LANGUAGE_MODEL: Paper = {
  name: 'an output layer tied to the embedding',
  question: written`
    marks: 9
    prompt: The output layer shares its weights with the embedding of 8000 words in 256 numbers; its biases are its own. All in 32-bit floats.
    network:
      input: [20]
      code: |
        import torch
        from torch import nn

        class Model(nn.Module):
            def __init__(self):
                super().__init__()
                self.embedding = nn.Embedding(8000, 256)
                self.mix = nn.Linear(256, 256)
                self.head = nn.Linear(256, 8000)
                self.head.weight = self.embedding.weight

            def forward(self, words: torch.LongTensor):
                return self.head(torch.tanh(self.mix(self.embedding(words))))
    ask:
      - { id: embedding, says: Parameters of the embedding, quantity: parameters, of: embedding, marks: 1 }
      - { id: mix, says: Parameters of the hidden layer, quantity: parameters, of: mix, marks: 2, method: 1 }
      - { id: added, says: Parameters that the output layer adds, value: 8000, marks: 1 }
      - { id: total, says: Parameters of the model, quantity: parameters, marks: 3, method: 1 }
      - { id: memory, says: Memory of the parameters, quantity: parameter-memory, unit: MB, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'right-in-megabytes',
      '1 2 1 3 2',
      written`
        Embedding: 8000 · 256 = 2,048,000
        Hidden layer: 256 · 256 + 256 = 65,792
        The output layer adds only its biases: 8000
        Model: 2,048,000 + 65,792 + 8000 = 2,121,792
        Memory: 2,121,792 · 4 B = 8,487,168 B ≈ 8.49 MB
      `,
    ),
    answer(
      'shared-weights-counted-twice',
      '1 2 0 ? 2',
      written`
        Embedding: 8000*256 = 2048000
        Hidden layer: 256*256+256 = 65792
        The output layer adds 256*8000+8000 = 2056000
        Model: 2048000+65792+2056000 = 4169792
        Memory: 4169792*4 bytes = 16679168 bytes = 16.68 MB
      `,
    ),
    answer(
      'in-mebibytes',
      '1 2 1 3 2',
      written`
        embedding: 2,048,000
        hidden layer: 256*257 = 65,792
        output layer adds: 8,000
        model: 2,121,792
        memory of the parameters: 2,121,792 * 4 / 1024^2 = 8.09 MiB
      `,
    ),
    answer(
      'abbreviated-and-rounded',
      '1 2 1 3 2',
      written`
        Embedding: 8k × 256 = 2048k
        Hidden layer: 256 × 256 + 256 = 65.8k
        Output layer adds: 8k
        Model: 2048k + 65.8k + 8k ≈ 2.12M parameters
        Memory of the parameters: 2.12M × 4 bytes ≈ 8.5 MB
      `,
    ),
    answer(
      'in-sentences',
      '1 2 1 3 2',
      written`
        The embedding has 2,048,000 parameters, and the hidden layer has 65,792 parameters. Since its weights are shared, the
        output layer adds 8,000 parameters. So the model has 2,121,792 parameters, and the memory of the parameters is 8.487 MB.
      `,
    ),
  ],
};
