import { answer, written, type Paper } from '../paper.js';

/** 73,728 + 256 + 147,456 + 256 and a shortcut of 8,192 + 256: 230,144. */
export const RESIDUAL_BLOCK: Paper = {
  name: 'a residual block in PyTorch',
  question: written`
    marks: 10
    prompt: The block below halves the resolution. Count its parameters.
    network:
      input: [64, 56, 56]
      code: |
        import torch.nn as nn
        import torch.nn.functional as F

        class Block(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv1 = nn.Conv2d(64, 128, 3, stride=2, padding=1, bias=False)
                self.bn1 = nn.BatchNorm2d(128)
                self.conv2 = nn.Conv2d(128, 128, 3, padding=1, bias=False)
                self.bn2 = nn.BatchNorm2d(128)
                self.shortcut = nn.Sequential(nn.Conv2d(64, 128, 1, stride=2, bias=False), nn.BatchNorm2d(128))

            def forward(self, x):
                out = F.relu(self.bn1(self.conv1(x)))
                out = self.bn2(self.conv2(out))
                return F.relu(out + self.shortcut(x))
    ask:
      - { id: conv1, says: Parameters of the first convolution, quantity: parameters, of: conv1, marks: 2, method: 1 }
      - { id: conv2, says: Parameters of the second convolution, quantity: parameters, of: conv2, marks: 2, method: 1 }
      - { id: shortcut, says: Parameters of the shortcut, quantity: parameters, of: shortcut, marks: 2, method: 1 }
      - { id: total, says: Parameters of the whole block, quantity: parameters, marks: 2, method: 1 }
      - { id: shape, says: Output shape of the block, quantity: output-shape, marks: 2 }
  `,
  answers: [
    answer(
      'right-in-a-list',
      '2 2 2 2 2',
      written`
        * conv1: 64·128·3² = 73,728
        * bn1: 2·128 = 256
        * conv2: 128·128·3² = 147,456
        * bn2: 256
        * shortcut: 64·128·1² + 256 = 8,448
        * total: 73,728 + 256 + 147,456 + 256 + 8,448 = 230,144
        * output: 128 × 28 × 28
      `,
    ),
    answer(
      'normalisation-of-the-shortcut-forgotten',
      '2 2 0 2 2',
      written`
        conv1: 3*3*64*128 = 73728
        conv2: 3*3*128*128 = 147456
        shortcut: 1*1*64*128 = 8192
        bn: 2*256 = 512
        sum: 73728 + 147456 + 8192 + 512 = 229888
        Output shape: 128x28x28
      `,
      { because: { shortcut: /normalis/ } },
    ),
    answer(
      'channels-of-the-second-convolution-misread',
      '2 1 2 2 2',
      written`
        conv1: 3*3*64*128 = 73728, bn1 256
        conv2: 3*3*64*128 = 73728, bn2 256
        shortcut: 64*128 + 256 = 8448
        total: 73728 + 256 + 73728 + 256 + 8448 = 156416
        output: (128, 28, 28)
      `,
      { proposed: '2 ? 2 2 2' },
    ),
    answer(
      'shortcut-left-out-of-the-total',
      '2 2 2 0 2',
      written`
        First convolution: 9·64·128 = 73728
        Second convolution: 9·128·128 = 147456
        Shortcut: 64·128 + 2·128 = 8448
        Whole block: 73728 + 256 + 147456 + 256 = 221696
        Output shape: 128·28·28
      `,
      { because: { total: /shortcut/ }, proposed: '2 2 2 0 2' },
    ),
    answer(
      'resolution-kept',
      '2 2 2 2 0',
      written`
        First convolution: 9·64·128 = 73728
        Second convolution: 9·128·128 = 147456
        Shortcut: 64·128 + 2·128 = 8448
        Whole block: 73728 + 256 + 147456 + 256 + 8448 = 230144
        Output shape: 128 × 56 × 56
      `,
      { proposed: '2 2 2 2 ?' },
    ),
    answer(
      'weights-and-normalisation-summed-apart',
      '2 2 2 2 2',
      written`
        Convolutions: conv1 73728, conv2 147456, 1x1 conv 64*128 = 8192.
        73728 + 147456 + 8192 = 229376 weights
        three batch norms: 3 * 2 * 128 = 768
        parameters of the shortcut: 8192 + 256 = 8448
        parameters of the whole block: 229376 + 768 = 230144
        output shape of the block: 128x28x28
      `,
    ),
  ],
};
