import { describe } from '@jest/globals';
import { golden } from './golden.js';

describe('mathematics between words', () => {
  golden([
    [
      'another-thing-behind-and',
      'The recall is 3/5 and the F1 score is 2/3.',
      ['The recall is | calculation 0.6', 'and the F1 score is | calculation 0.6666…'],
    ],
    ['and-that-is', 'Each has 64*9 weights and that is 576', ['Each has | true | 576 = 576']],
    [
      'sizes-in-a-sentence',
      'First Block: 512 filters of size 7*7, applied to the input image of size 3*128*128',
      [
        'First Block | mention 512',
        'filters of size | dimensions 7x7',
        'applied to the input image of size | dimensions 3x128x128',
      ],
    ],
    [
      'label-before-a-colon',
      'Parameters per filter: 3*7*7 = 147',
      ['Parameters per filter | true | 147 = 147'],
    ],
    [
      'label-before-equals',
      'Parameters per filter = 3*7*7 = 147',
      ['Parameters per filter | true | 147 = 147'],
    ],
    ['total-stated', 'Total: 385536', ['Total | stated 385,536']],
    ['total-stated-without-colon', 'Total 385536', ['Total | stated 385,536']],
    ['total-in-a-sentence', 'The total is 385,536 parameters.', ['The total is | stated 385,536 parameters']],
    [
      'about',
      'The network has about 385k parameters',
      ['The network has about | stated ~385,000 parameters'],
    ],
    ['equals-first', '= 385,536 parameters', ['stated 385,536 parameters']],
    ['answer-word', 'Therefore the answer is 385536.', ['Therefore the answer is | stated 385,536']],
    ['words-between-factors', '147 weights per filter * 512 filters = 75264', ['true | 75,264 = 75,264']],
    ['words-in-brackets', '3 channels * 7 * 7 kernel + 1 bias = 148', ['true | 148 = 148']],
    [
      'words-behind-terms-in-brackets',
      '75264 (first block) + 294912 (second block) + 15360 (classifier) = 385536',
      ['true | 385,536 = 385,536'],
    ],
    [
      'units-on-every-term',
      '75264 parameters + 294912 parameters = 370176 parameters',
      ['true | 370,176 = 370,176 | parameters'],
    ],
    ['plus-as-word', '1728 weights plus 64 biases = 1792', ['true | 1,792 = 1,792']],
    ['per-with-a-slash', '3*7*7 = 147 weights/filter', ['true | 147 = 147']],
    ['multiplied-by', '147 multiplied by 512 equals 75264', ['true | 75,264 = 75,264']],
    [
      'several-in-one-line',
      'So 3*3 = 9, 9*64 = 576, and 576*128 = 73728',
      ['So | true | 9 = 9', 'true | 576 = 576', 'and | true | 73,728 = 73,728'],
    ],
    ['semicolons', '3 * 7 * 7 = 147; 147 * 512 = 75264.', ['true | 147 = 147', 'true | 75,264 = 75,264']],
    [
      'sentence-then-equation',
      'Since groups = 8, 512/8 = 64 input channels per group.',
      ['Since groups | stated 8', 'true | 64 = 64 | input channels per group'],
    ],
    [
      'where-clause',
      'GRU = 3 × (h² + h·x + h) with h = 256, x = 100',
      ['GRU | calculation ?', 'GRU = 3 × (h² + h·x + h) with h | stated 256', 'x | stated 100'],
    ],
    [
      'code-call-as-label',
      'Linear(4096, 30): 4096*30 + 30 = 122910',
      ['Linear | dimensions 4,096x30', 'Linear(4096, 30) | true | 122,910 = 122,910'],
    ],
    [
      'convolution-call-as-label',
      'nn.Conv2d(3, 64, kernel_size=3, padding=1): (3*3*3 + 1)*64 = 1792',
      [
        'nn.Conv2d | mention 3',
        'mention 64',
        'kernel_size | stated 3',
        'padding | stated 1',
        'nn.Conv2d(3, 64, kernel_size=3, padding=1) | true | 1,792 = 1,792',
      ],
    ],
    [
      'output-then-parameters',
      'params: 5*5*3*10 + 10 = 760. Output volume: 32*32*10 = 10240.',
      ['params | true | 760 = 760', 'Output volume | true | 10,240 = 10,240'],
    ],
    [
      'published-notation',
      'CONV3-64: memory: 224*224*64=3.2M params: (3*3*3)*64 = 1,728',
      ['CONV3-64: memory | rounded | 3,211,264 = 3,200,000 | params', 'params | true | 1,728 = 1,728'],
    ],
    [
      'pooling-sentence',
      'After pooling 2x2: 28/2 = 14, so 14x14x6',
      ['After pooling | dimensions 2x2', 'After pooling 2x2 | true | 14 = 14', 'so | dimensions 14x14x6'],
    ],
    ['number-in-a-name', 'Block 1: 75264', ['Block 1 | stated 75,264']],
    [
      'step-numbers',
      'Step 1: 3*7*7=147\nStep 2: 147*512=75264',
      ['Step 1 | true | 147 = 147', 'Step 2 | true | 75,264 = 75,264'],
    ],
    ['list-numbers', '1) 3*7*7=147\n2) 147*512=75264', ['true | 147 = 147', 'true | 75,264 = 75,264']],
    ['roman-list', 'i) 3*7*7=147\nii) 147*512=75264', ['true | 147 = 147', 'true | 75,264 = 75,264']],
    [
      'bold-list-letters',
      '**(a)** 3*7*7 = 147\n**(b)** 147*512 = 75264',
      ['true | 147 = 147', 'true | 75,264 = 75,264'],
    ],
    [
      'bulleted-layers',
      '- Layer 1: 784 * 128 + 128 = 100480\n- Layer 2: 128 * 64 + 64 = 8256\n\nTotal = Layer 1 + Layer 2 = 108736',
      [
        'Layer 1 | true | 100,480 = 100,480',
        'Layer 2 | true | 8,256 = 8,256',
        'Total | true | 108,736 = 108,736',
      ],
    ],
    [
      'label-on-the-line-above',
      'Parameters:\n\n$$3 \\cdot 7 \\cdot 7 \\cdot 512 = 75264$$',
      ['Parameters | true | 75,264 = 75,264'],
    ],
    [
      'label-then-equals-below',
      'Total parameters =\n75264 + 294912 + 15360 = 385536',
      ['Total parameters | true | 385,536 = 385,536'],
    ],
    ['equals-begins-the-line', 'a) 3*7*7*512\n= 75264', ['true | 75,264 = 75,264']],
    ['operator-ends-the-line', '75264 +\n294912 +\n15360 = 385536', ['true | 385,536 = 385,536']],
    ['operator-begins-the-line', '75264\n+ 294912\n+ 15360\n= 385536', ['true | 385,536 = 385,536']],
    ['words-and-operator-on-lines', '147 per filter\n× 512 filters\n= 75264', ['true | 75,264 = 75,264']],
    ['quadratic-formula-is-left-alone', 'x^2 + y^2 = z^2', ['not-understood (unknown-name) | ? = ?']],
    ['matrix-formula-is-left-alone', 'y = W x + b', []],
    ['no-mathematics', 'Batch normalisation makes training faster and more stable.', []],
    [
      'number-words-only',
      'There are two layers of 64 units.',
      ['There are two layers of | mention 64 units'],
    ],
  ]);
});
