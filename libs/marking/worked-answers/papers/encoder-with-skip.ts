import { answer, written, type Paper } from '../paper.js';

/** down 224 + … see the asks: 448, 4,640, 2,080 and 4,624; 11,792 in all. The joined map has 32 channels. */
export const ENCODER_WITH_SKIP: Paper = {
  name: 'a small U-Net',
  question: written`
    marks: 12
    prompt: The network below joins its first feature map to the upsampled one.
    network:
      input: [3, 32, 32]
      code: |
        import torch
        import torch.nn as nn
        import torch.nn.functional as F

        class UNet(nn.Module):
            def __init__(self):
                super().__init__()
                self.enc1 = nn.Conv2d(3, 16, 3, padding=1)
                self.enc2 = nn.Conv2d(16, 32, 3, padding=1)
                self.up = nn.ConvTranspose2d(32, 16, 2, stride=2)
                self.dec = nn.Conv2d(32, 16, 3, padding=1)

            def forward(self, x):
                a = F.relu(self.enc1(x))
                b = F.relu(self.enc2(F.max_pool2d(a, 2)))
                return self.dec(torch.cat([self.up(b), a], dim=1))
    ask:
      - { id: bottom, says: Output shape of enc2, quantity: output-shape, of: enc2, marks: 2 }
      - { id: enc1, says: Parameters of enc1, quantity: parameters, of: enc1, marks: 1 }
      - { id: enc2, says: Parameters of enc2, quantity: parameters, of: enc2, marks: 2, method: 1 }
      - { id: up, says: Parameters of the transposed convolution, quantity: parameters, of: up, marks: 2, method: 1 }
      - { id: dec, says: Parameters of dec, quantity: parameters, of: dec, marks: 3, method: 2 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 2, method: 1 }
  `,
  // 16·28 = 448; 32·(144+1) = 4640; 32·16·4 + 16 = 2064; 16·(288+1) = 4624; 11776
  answers: [
    answer(
      'right-as-a-numbered-list',
      '2 1 2 2 3 2',
      written`
        1) enc2 works at half the resolution: 32×16×16
        2) enc1: (3·3·3 + 1)·16 = 448
        3) enc2: (3·3·16 + 1)·32 = 4640
        4) up: 2·2·32·16 + 16 = 2064
        5) dec: the input has 16 + 16 = 32 channels, so (3·3·32 + 1)·16 = 4624
        6) 448 + 4640 + 2064 + 4624 = 11776
      `,
    ),
    answer(
      'concatenation-taken-for-an-addition',
      '2 1 2 2 2 2',
      written`
        enc2 output: 32x16x16
        enc1 = 16*(27+1) = 448
        enc2 = 32*(144+1) = 4640
        up = 32*16*4+16 = 2064
        dec = 16*(16*9+1) = 2320
        total = 448+4640+2064+2320 = 9472
      `,
    ),
    answer(
      'pooling-overlooked',
      '0 1 2 2 3 2',
      written`
        Shape after enc2: 32x32x32
        Parameters: enc1 448, enc2 4640, up 2064, dec 4624
        Sum of parameters: 448 + 4640 + 2064 + 4624 = 11776
      `,
      { proposed: '? 1 2 2 3 2' },
    ),
    answer(
      'a-person-s-prose',
      '2 1 2 2 3 2',
      written`
        After the max pooling enc2 outputs a tensor of shape 32 x 16 x 16. For enc1 I get 16 filters with 27 weights and one bias each,
        i.e. 448 parameters. For enc2 there are 32 * 145 = 4640 parameters. The transposed convolution has 2064 parameters and dec has
        4624 parameters, because the concatenation doubles its input channels. The whole network therefore has 11,776 parameters.
      `,
    ),
    answer(
      'digits-swapped-when-summing',
      '2 1 2 2 3 ?',
      written`
        enc2: (32, 16, 16)
        params enc1: 448
        params enc2: 4640
        params up: 2064
        params dec: 4624
        params total: 11767
      `,
    ),
  ],
};
