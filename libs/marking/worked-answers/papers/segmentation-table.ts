import { answer, written, type Paper } from '../paper.js';

/** 80, 1,168, 4,640, 2,064, 4,624, 520, 1,160 and 18: 14,274. */
export const SEGMENTATION_TABLE: Paper = {
  name: 'a table of a segmentation network',
  question: written`
    marks: 18
    prompt: Fill in the table for the network and add up the parameters.
    network:
      input: [1, 64, 64]
      code: |
        import torch
        import torch.nn as nn
        import torch.nn.functional as F

        class UNet(nn.Module):
            def __init__(self):
                super().__init__()
                self.enc1 = nn.Conv2d(1, 8, 3, padding=1)
                self.enc2 = nn.Conv2d(8, 16, 3, padding=1)
                self.bottom = nn.Conv2d(16, 32, 3, padding=1)
                self.up1 = nn.ConvTranspose2d(32, 16, 2, stride=2)
                self.dec1 = nn.Conv2d(32, 16, 3, padding=1)
                self.up2 = nn.ConvTranspose2d(16, 8, 2, stride=2)
                self.dec2 = nn.Conv2d(16, 8, 3, padding=1)
                self.out = nn.Conv2d(8, 2, 1)

            def forward(self, x):
                a = F.relu(self.enc1(x))
                b = F.relu(self.enc2(F.max_pool2d(a, 2)))
                c = F.relu(self.bottom(F.max_pool2d(b, 2)))
                d = F.relu(self.dec1(torch.cat([self.up1(c), b], dim=1)))
                e = F.relu(self.dec2(torch.cat([self.up2(d), a], dim=1)))
                return self.out(e)
    ask:
      - { id: t, says: Table, table: { rows: [enc1, enc2, bottom, up1, dec1, up2, dec2, out], columns: [output-shape, parameters] }, marks: 1 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'channels-last-in-a-table',
      '1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2',
      written`
        | Layer | Output shape | Parameters |
        |---|---|---|
        | enc1 | 64×64×8 | 80 |
        | enc2 | 32×32×16 | 1,168 |
        | bottom | 16×16×32 | 4,640 |
        | up1 | 32×32×16 | 2,064 |
        | dec1 | 32×32×16 | 4,624 |
        | up2 | 64×64×8 | 520 |
        | dec2 | 64×64×8 | 1,160 |
        | out | 64×64×2 | 18 |
        | total | | 14,274 |
      `,
    ),
    answer(
      'rows-from-the-output-upwards',
      '1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2',
      written`
        | name | params | output |
        | :-- | --: | :-: |
        | out | 2*(8+1) = 18 | (2, 64, 64) |
        | dec2 | 8*(16*9+1) = 1160 | (8, 64, 64) |
        | up2 | 16*8*4+8 = 520 | (8, 64, 64) |
        | dec1 | 16*(32*9+1) = 4624 | (16, 32, 32) |
        | up1 | 32*16*4+16 = 2064 | (16, 32, 32) |
        | bottom | 32*(16*9+1) = 4640 | (32, 16, 16) |
        | enc2 | 16*(8*9+1) = 1168 | (16, 32, 32) |
        | enc1 | 8*(9+1) = 80 | (8, 64, 64) |

        Sum: 18 + 1160 + 520 + 4624 + 2064 + 4640 + 1168 + 80 = 14274
      `,
    ),
    answer(
      'the-joined-channels-forgotten',
      '1 1 1 1 1 1 1 1 1 0 1 1 1 0 1 1 2',
      written`
        | Layer | Output shape | Parameters |
        |---|---|---|
        | enc1 | 8x64x64 | 8*(1*9+1) = 80 |
        | enc2 | 16x32x32 | 16*(8*9+1) = 1168 |
        | bottom | 32x16x16 | 32*(16*9+1) = 4640 |
        | up1 | 16x32x32 | 32*16*4+16 = 2064 |
        | dec1 | 16x32x32 | 16*(16*9+1) = 2320 |
        | up2 | 8x64x64 | 16*8*4+8 = 520 |
        | dec2 | 8x64x64 | 8*(8*9+1) = 584 |
        | out | 2x64x64 | 2*8+2 = 18 |

        Total = 80 + 1168 + 4640 + 2064 + 2320 + 520 + 584 + 18 = 11394
      `,
      { proposed: '1 1 1 1 1 1 1 1 1 ? 1 1 1 ? 1 1 2' },
    ),
    answer(
      'a-line-for-each-layer',
      '1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2',
      written`
        enc1: 8x64x64, 80 parameters
        enc2: 16x32x32, 1168 parameters
        bottom: 32x16x16, 4640 parameters
        up1: 16x32x32, 2064 parameters
        dec1: 16x32x32, 4624 parameters
        up2: 8x64x64, 520 parameters
        dec2: 8x64x64, 1160 parameters
        out: 2x64x64, 18 parameters
        total: 14274 parameters
      `,
    ),
    answer(
      'two-digits-swapped-in-the-sum',
      '1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
      written`
        | Layer | Output | Parameters |
        |---|---|---|
        | enc1 | 8 × 64 × 64 | 80 |
        | enc2 | 16 × 32 × 32 | 1168 |
        | bottom | 32 × 16 × 16 | 4640 |
        | up1 | 16 × 32 × 32 | 2064 |
        | dec1 | 16 × 32 × 32 | 4624 |
        | up2 | 8 × 64 × 64 | 520 |
        | dec2 | 8 × 64 × 64 | 1160 |
        | out | 2 × 64 × 64 | 18 |

        total = 80 + 1168 + 4640 + 2064 + 4624 + 520 + 1160 + 18 = 14247
      `,
    ),
  ],
};
