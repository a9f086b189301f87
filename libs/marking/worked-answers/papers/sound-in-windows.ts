import { answer, written, type Paper } from '../paper.js';

/** (16,000 − 400) / 160 + 1 = 98.5, so 98 windows; 16·401 = 6,416; a GRU of 3·(16·32 + 32·32 + 64) = 4,800. */
export const SOUND_IN_WINDOWS: Paper = {
  name: 'sound in windows for a GRU',
  question: written`
    marks: 7
    prompt: One second of sound at 16 kHz goes through a convolution; its 16 channels feed a GRU of 32 units with two bias vectors as in PyTorch, or one.
    network:
      input: [1, 16000]
      code: |
        import torch.nn as nn

        class Listener(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv = nn.Conv1d(1, 16, 400, stride=160)
                self.gru = nn.GRU(16, 32, batch_first=True)

            def forward(self, x):
                return self.gru(self.conv(x).transpose(1, 2))[0]
    ask:
      - { id: length, says: Number of windows after the convolution, quantity: length, of: conv, marks: 2, method: 1 }
      - { id: conv, says: Parameters of the convolution, quantity: parameters, of: conv, marks: 2, method: 1 }
      - { id: gru, says: Parameters of the GRU, quantity: parameters, of: gru, marks: 3, method: 2 }
  `,
  answers: [
    answer(
      'rounded-down-and-said',
      '2 2 3',
      written`
        Windows: (16000 - 400)/160 + 1 = 98.5, so 98 windows
        Convolution: 16*(400 + 1) = 6416
        GRU: 3*(16*32 + 32*32 + 2*32) = 4800
      `,
    ),
    answer(
      'floor-in-latex-and-one-bias',
      '2 2 3',
      written`
        Windows: $\lfloor (16000-400)/160 \rfloor + 1 = 97 + 1 = 98$
        Convolution: $16\cdot 400 + 16 = 6416$
        GRU: $3\cdot(32\cdot(16+32)+32) = 4704$
      `,
    ),
    answer(
      'left-as-a-fraction',
      '1 2 3',
      written`
        Number of windows: (16000 - 400)/160 + 1 = 98.5
        Parameters of the convolution: 400*16 + 16 = 6416
        Parameters of the GRU: 3*(16*32 + 32*32 + 32) = 4704
      `,
      { proposed: '? 2 3' },
    ),
    answer(
      'the-one-at-the-end-forgotten',
      '0 2 3',
      written`
        Number of windows: (16000 - 400)/160 = 97.5, rounded down 97
        Parameters of the convolution: 400*16 + 16 = 6416
        Parameters of the GRU: 3*(16*32 + 32*32 + 32) = 4704
      `,
      { proposed: '? 2 3' },
    ),
    answer(
      'four-gates-as-in-an-lstm',
      '2 2 0',
      written`
        windows = floor((16000-400)/160)+1 = 98
        conv: 401 x 16 = 6416
        gru: 4 x (32 x 48 + 64) = 6400
      `,
      { because: { gru: /gate|LSTM/ } },
    ),
  ],
};
