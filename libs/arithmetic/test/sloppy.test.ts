import { describe } from '@jest/globals';
import { golden } from './golden.js';

describe('working as it is jotted down', () => {
  golden([
    [
      'conditions-in-front',
      'With stride = 2 and padding = 3, input 128 = (128 - 7 + 6)/2 + 1 = 64',
      ['With stride | mention 2', 'stated 3', 'input 128 | rounded | 64.5 = 64'],
    ],
    [
      'layer-described-in-brackets',
      'Layer 1 (conv 3x3, 64 filters) = 3*3*3*64 = 1728',
      [
        'Layer | mention 1',
        '(conv | dimensions 3x3',
        'Layer 1 (conv 3x3, 64 filters) | true | 1,728 = 1,728',
      ],
    ],
    ['arguments-of-a-call', 'Conv2d(3, 64, 3) = 3*64*9 = 1728', ['Conv2d(3, 64, 3) | true | 1,728 = 1,728']],
    ['filters-at-size', 'Conv 64@3x3 = 1728', ['Conv 64@3x3 | stated 1,728']],
    ['maps-at-size', 'conv1: 16@32x32', ['conv1 | dimensions 16x32x32']],
    ['classes-at-a-rank', 'top-1@5', ['top-1@ | mention 5']],
    [
      'number-of-filters-then-result',
      'block 1: 7x7 conv, 512 = 75264',
      ['block 1 | dimensions 7x7', 'block 1: 7x7 conv, 512 | stated 75,264'],
    ],
    [
      'settings-in-a-row',
      'filters=512 kernel=7x7 channels=3 => 512*7*7*3=75264',
      ['filters=512 kernel=7x7 channels | stated 3', 'true | 75,264 = 75,264'],
    ],
    [
      'settings-then-formula',
      'f1 = 512, k1 = 7, c = 3: f1*k1*k1*c = 75264',
      ['f1 | stated 512', 'k1 | stated 7', 'c | stated 3', 'true | 75,264 = 75,264'],
    ],
    [
      'chain-of-remarks',
      'kernel 7 x 7 = 49, times 3 = 147, times 512 = 75264',
      ['kernel | true | 49 = 49', 'times 3 | stated 147', 'times 512 | stated 75,264'],
    ],
    [
      'remark-then-factor',
      '3*7*7 = 147 (per filter) * 512 = 75264',
      ['running-total, true | 147 = 75,264 = 75,264'],
    ],
    [
      'result-and-rounded-in-brackets',
      'total = 75264 + 294912 + 15360 = 385,536 (= 0.39 M)',
      ['total | true | 385,536 = 385,536', 'stated 390,000'],
    ],
    [
      'arrows-between-steps',
      '28*28 = 784 -> 784*128+128 = 100480 -> 128*10+10 = 1290',
      ['true | 784 = 784', 'true | 100,480 = 100,480', 'true | 1,290 = 1,290'],
    ],
    ['gradient-step', 'w = 0.5 + 0.1*8 = 1.3', ['w | true | 1.3 = 1.3']],
    ['partial-derivative-as-label', '∂L/∂w = (0.574 - 1)*1 = -0.426', ['∂L/∂w | true | -0.426 = -0.426']],
    ['entropy-without-brackets', 'H = -(0.5 log2 0.5 + 0.5 log2 0.5) = 1', ['H | true | 1 = 1']],
    ['cross-entropy', 'CE = -log(0.731) = 0.313', ['CE | rounded | 0.3133… = 0.313']],
    ['marks-in-brackets', '3*3 = 9 [2 marks]', ['true | 9 = 9', 'mention 2']],
    ['equation-number-behind', '3*3*64 = 576     (2)', ['true | 576 = 576', 'mention 2']],
    ['dash-and-remark', '3*3 = 9 - correct', ['true | 9 = 9']],
    ['double-dash-and-remark', '3*3 = 9 -- 1 mark', ['true | 9 = 9', 'mention 1']],
    [
      'comma-without-space',
      '3*3=9,64*9=576',
      ['not-understood (may-be-two-statements), not-understood (may-be-two-statements) | 9 = 86.76 = 576'],
    ],
    [
      'stop-without-space',
      '3*3=9.64*9=576',
      ['not-understood (may-be-two-statements), not-understood (may-be-two-statements) | 9 = 86.76 = 576'],
    ],
    ['next-one-on-the-same-line', '3*3 = 9 64*9 = 576', ['true | 9 = 9', 'true | 576 = 576']],
    [
      'asterisks-as-bullets-or-signs',
      'params = 64\n* 9\n* 3\n= 1728',
      ['params | stated 64', 'stated 9', 'not-understood (may-be-a-label) | 3 = 1,728'],
    ],
    ['asterisks-at-line-ends', 'params = 64 *\n9 *\n3 = 1728', ['params | true | 1,728 = 1,728']],
    ['sub-numbered', '2.1) 3*3 = 9\n2a) 9*64 = 576', ['true | 9 = 9', 'true | 576 = 576']],
    ['factors-named-in-square-brackets', '512[out] * 3[in] * 49 = 75264', ['true | 75,264 = 75,264']],
    ['factors-named-in-words', '512 out × 3 in × 7×7 = 75264', ['true | 75,264 = 75,264']],
    [
      'formula-in-words',
      'out × in × k × k = 512 × 3 × 7 × 7 = 75264',
      ['not-understood (unknown-name), true | ? = 75,264 = 75,264'],
    ],
    [
      'transformer-layers',
      'self-attention: 4 x 768 x 768 = 2.36M, FFN: 2 x 768 x 3072 = 4.72M',
      ['self-attention | rounded | 2,359,296 = 2,360,000', 'FFN | rounded | 4,718,592 = 4,720,000'],
    ],
    ['memory-of-a-model', '7B params * 2 bytes = 14 GB', ['true (prefix-is-1000) | 14,000,000,000 = 14']],
    [
      'mega-as-binary',
      '1024*1024 = 1,048,576 = 1M',
      ['true, true (prefix-is-1024) | 1,048,576 = 1,048,576 = 1,000,000'],
    ],
    ['two-rounded-terms', '85M + 38.6M = 124M', ['rounded | 123,600,000 = 124,000,000']],
    ['two-rounded-terms-wrong', '117M = 85M + 38.6M', ['false | 117,000,000 = 123,600,000']],
    [
      'dates-pages-and-figures',
      'page 3 of 4, see Figure 2: 3x3 kernel',
      ['page | mention 3', 'of | mention 4', 'see Figure 2 | dimensions 3x3'],
    ],
    ['one-number-equals-another', '512 = 75264', ['not-understood (may-be-a-label) | 512 = 75,264']],
  ]);
});
