import { answer, written, type Paper } from '../paper.js';

/** A 3D convolution: 8 × 14 × 54 × 54 from 16 frames of 112; 8·(3·3·5·5+1) … see the asks. */
export const VIDEO_CONVOLUTION: Paper = {
  name: 'a convolution over video',
  question: written`
    marks: 8
    prompt: A clip of 16 frames of 112×112 pixels in 3 channels.
    network:
      input: [3, 16, 112, 112]
      layers:
        - Conv3d: { name: conv, out_channels: 8, kernel_size: [3, 5, 5], stride: [1, 2, 2] }
        - BatchNorm3d: { name: norm }
        - MaxPool3d: { name: pool, kernel_size: 2 }
    ask:
      - { id: frames, says: Frames after the convolution, quantity: depth, of: conv, marks: 1 }
      - { id: side, says: Height after the convolution, quantity: height, of: conv, marks: 2, method: 1 }
      - { id: weights, says: Parameters of the convolution, quantity: parameters, of: conv, marks: 3, method: 2 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 2, method: 1 }
  `,
  // 14, (112-5)/2+1 = 54.5 → 54, 8·(3·75+1) = 1808, +16 = 1824
  answers: [
    answer(
      'right',
      '1 2 3 2',
      written`
        Frames after the convolution: 16 - 3 + 1 = 14
        Height after the convolution: floor((112 - 5)/2) + 1 = 53 + 1 = 54
        Parameters of the convolution: 8 * (3*3*5*5 + 1) = 8 * 226 = 1808
        Parameters of the batch norm: 2*8 = 16
        Total: 1808 + 16 = 1824
      `,
    ),
    answer(
      'temporal-kernel-forgotten',
      '1 2 0 2',
      written`
        Frames: 14
        Height: (112-5)/2 + 1 = 54.5 -> 54
        Convolution parameters: 8*(3*5*5+1) = 608
        Total parameters: 608 + 16 = 624
      `,
    ),
    answer(
      'rounded-up',
      '1 0 3 2',
      written`
        Frames after the convolution: 14
        Height after the convolution: (112-5)/2+1 = 54.5 ≈ 55
        Parameters of the convolution: 8*(225+1) = 1808
        Total parameters: 1824
      `,
    ),
    answer(
      'norm-forgotten-in-the-total',
      '1 2 3 0',
      written`
        Frames: 14, height: 54
        Parameters of the convolution: 1808
        Parameters in total: 1808
      `,
    ),
  ],
};
