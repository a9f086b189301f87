import { describe } from '@jest/globals';
import { golden } from './golden.js';

describe('names, columns and tables', () => {
  golden([
    ['single-letter', 'W = 3*3*64\nW * 128 = 73728', ['W | calculation 576', 'true | 73,728 = 73,728']],
    [
      'layer-names',
      'conv1 = 3*3*3*64 = 1728\nconv2 = 64*3*3*128 = 73728\ntotal = conv1 + conv2 = 75456',
      ['conv1 | true | 1,728 = 1,728', 'conv2 | true | 73,728 = 73,728', 'total | true | 75,456 = 75,456'],
    ],
    [
      'names-of-two-words',
      'Block 1: 75264\nBlock 2: 294912\nTotal = Block 1 + Block 2 = 370176',
      ['Block 1 | stated 75,264', 'Block 2 | stated 294,912', 'Total | true | 370,176 = 370,176'],
    ],
    [
      'letters-in-a-sentence',
      'A=75264, B=294912, C=15360, so A+B+C=385536',
      ['A | stated 75,264', 'B | stated 294,912', 'C | stated 15,360', 'so | true | 385,536 = 385,536'],
    ],
    [
      'names-side-by-side',
      'h = 256, d = 100\n$4(h(h+d)+h) = 365568$',
      ['h | stated 256', 'd | stated 100', 'true | 365,568 = 365,568'],
    ],
    [
      'name-carries-its-error-forward',
      'W = 3*3*64 = 567\nW * 128 = 72576',
      ['W | false | 576 = 567', 'true | 72,576 = 72,576'],
    ],
    [
      'name-may-be-unrounded',
      'r = 10/3 = 3.33\nr * 3 = 10',
      ['r | rounded | 3.3333… = 3.33', 'true (name-is-unrounded) | 9.99 = 10'],
    ],
    [
      'name-may-be-rounded',
      'r = 10/3 = 3.33\nr * 3 = 9.99',
      ['r | rounded | 3.3333… = 3.33', 'true | 9.99 = 9.99'],
    ],
    [
      'capital-and-small-letter-differ',
      'w = 3\nW = 5\nw * W = 15',
      ['w | stated 3', 'W | stated 5', 'true | 15 = 15'],
    ],
    [
      'name-before-it-is-given',
      'W * 128 = 73728\nW = 576',
      ['not-understood (unknown-name) | ? = 73,728', 'W | stated 576'],
    ],
    [
      'column-with-line',
      '   75264\n  294912\n+  15360\n--------\n  385536',
      ['column | true | 385,536 = 385,536'],
    ],
    [
      'column-with-line-and-wrong-total',
      '   75264\n  294912\n+  15360\n--------\n  385563',
      ['column | false | 385,536 = 385,563'],
    ],
    [
      'column-with-labels',
      'conv 75264\ngroup 294912\nfc 15360\n-----\ntotal 385536',
      [
        'conv | stated 75,264',
        'total | column | true | 385,536 = 385,536',
        'group | stated 294,912',
        'fc | stated 15,360',
      ],
    ],
    [
      'column-with-labels-that-is-no-sum',
      'conv 75264\ngroup 294912\nfc 15360\n-----\nbatch 32',
      ['conv | stated 75,264', 'group | stated 294,912', 'fc | stated 15,360', 'batch | stated 32'],
    ],
    [
      'column-with-plus-and-equals',
      '75264\n294912\n+ 15360\n= 385536',
      ['column | true | 385,536 = 385,536'],
    ],
    [
      'numbers-under-each-other',
      '75264\n294912\n15360',
      ['stated 75,264', 'stated 294,912', 'stated 15,360'],
    ],
    [
      'table-with-total',
      '| layer | output | parameters |\n|---|---|---|\n| conv1 | 512x61x61 | 75,264 |\n| group | 512x61x61 | 294,912 |\n| fc | 30 | 512*30 = 15360 |\n| Total | | 385,536 |',
      [
        'dimensions 512x61x61',
        'stated 75,264',
        'dimensions 512x61x61',
        'stated 294,912',
        'stated 30',
        'true | 15,360 = 15,360',
        'column | true | 385,536 = 385,536',
        'stated 385,536',
      ],
    ],
    [
      'table-with-wrong-total',
      '| layer | parameters |\n|---|---|\n| conv1 | 75,264 |\n| group | 294,912 |\n| Total | 385,536 |',
      [
        'stated 75,264',
        'stated 294,912',
        'column | not-understood (may-not-be-a-sum) | 370,176 = 385,536',
        'stated 385,536',
      ],
    ],
    [
      'table-with-working-column',
      '| layer | working | parameters |\n|:--|:-:|--:|\n| fc1 | 784*128 + 128 | 100,480 |\n| fc2 | 128*10 + 10 | 1,290 |',
      ['calculation 100,480', 'stated 100,480', 'calculation 1,290', 'stated 1,290'],
    ],
    [
      'table-without-outer-bars',
      'layer | parameters\n--- | ---\nfc1 | 100,480\nfc2 | 1,290',
      ['stated 100,480', 'stated 1,290'],
    ],
    [
      'table-with-bold-cells',
      '| layer | n |\n|---|---|\n| **conv** | **1,792** |\n| fc | $512 \\times 10 = 5120$ |',
      ['stated 1,792', 'true | 5,120 = 5,120'],
    ],
  ]);
});
