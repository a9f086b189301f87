import { answer, written, type Paper } from '../paper.js';

/** 1,049,600 and 262,400 half-precision and 2,048 single-precision parameters: 2,099,200 + 524,800 + 8,192 = 2,632,192 bytes. */
export const MIXED_PRECISION: Paper = {
  name: 'parameters of mixed precision',
  question: written`
    marks: 8
    prompt: The linear layers are in 16-bit floats, the normalisation stays in 32-bit floats.
    network:
      input: [1024]
      code: |
        import torch
        import torch.nn as nn

        class Mixed(nn.Module):
            def __init__(self):
                super().__init__()
                self.fc1 = nn.Linear(1024, 1024, dtype=torch.float16)
                self.norm = nn.LayerNorm(1024)
                self.fc2 = nn.Linear(1024, 256, dtype=torch.float16)

            def forward(self, x):
                x = self.norm(self.fc1(x.half()).float())
                return self.fc2(x.half())
    ask:
      - { id: count, says: Number of parameters, quantity: parameters, marks: 2, method: 1 }
      - { id: fc1, says: Memory of fc1, quantity: parameter-memory, of: fc1, marks: 2, method: 1 }
      - { id: norm, says: Memory of the normalisation, quantity: parameter-memory, of: norm, marks: 1 }
      - { id: memory, says: Memory of all parameters, quantity: parameter-memory, unit: MB, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'each-part-by-itself',
      '2 2 1 3',
      written`
        Number of parameters: 1024*1024+1024 + 2*1024 + 1024*256+256 = 1314048
        Memory of fc1: 1049600 * 2 bytes = 2099200 bytes
        Memory of the normalisation: 2048 * 4 bytes = 8192 bytes
        Memory of fc2: 262400 * 2 bytes = 524800 bytes
        Memory of all parameters: 2099200 + 8192 + 524800 = 2632192 bytes = 2.63 MB
      `,
    ),
    answer(
      'halves-together',
      '2 2 1 3',
      written`
        Parameters: fc1 1,049,600, norm 2,048, fc2 262,400, number of parameters: 1,314,048
        Memory of fc1: 2 · 1,049,600 = 2,099,200 B
        Memory of the normalisation: 4 · 2,048 = 8,192 B
        All: 2 · (1,049,600 + 262,400) + 4 · 2,048 = 2,632,192 B ≈ 2.51 MiB
      `,
    ),
    answer(
      'four-bytes-for-everything',
      '2 0 1 0',
      written`
        Number of parameters: 1049600 + 2048 + 262400 = 1314048
        Memory of fc1: 1049600 * 4 = 4198400 bytes
        Memory of the normalisation: 2048 * 4 = 8192 bytes
        Memory of all parameters: 1314048 * 4 = 5256192 bytes = 5.26 MB
      `,
      { proposed: '2 0 1 ?', because: { fc1: /four bytes/ } },
    ),
    answer(
      'the-normalisation-halved-too',
      '2 2 0 3',
      written`
        Number of parameters: 1049600 + 2048 + 262400 = 1314048
        Memory of fc1: 1049600 * 2 = 2099200 bytes
        Memory of the normalisation: 2048 * 2 = 4096 bytes
        Memory of all parameters: 2099200 + 4096 + 524800 = 2628096 bytes = 2.628 MB
      `,
    ),
    answer(
      'a-slip-in-the-count-carried-on',
      '? 1 1 3',
      written`
        fc1: 1024*1024 + 1024 = 1049800 parameters
        Memory of fc1: 1049600 * 2 = 2099600 bytes
        Memory of the normalisation: 8192 bytes
        Memory of all parameters: 2099600 + 8192 + 524800 = 2632592 bytes = 2.633 MB
      `,
    ),
  ],
};
