import { describe, expect, it } from '@jest/globals';
import { isAlike, measureOf, sizeOf } from '../src/index.js';
import { golden } from './golden.js';

describe('numbers with units', () => {
  golden([
    [
      'multiply-accumulates-and-their-operations',
      'conv1: 1,411,200 MACs = 2,822,400 FLOPs',
      ['conv1 | true (two-flops-each) | 1,411,200 = 2,822,400'],
    ],
    [
      'operations-that-are-no-double',
      'conv1: 1,411,200 MACs = 2,822,401 FLOPs',
      ['conv1 | false | 1,411,200 = 2,822,401'],
    ],
    ['milliseconds', 'Time: 2.01 ms', ['Time | stated 2.01 ms']],
    ['microseconds', 'Time: 2010 µs', ['Time | stated 2,010 µs']],
    ['microseconds-in-latex', '$t = 2010\\,\\mu s$', ['t | stated 2,010 µs']],
    ['roman-unit-in-latex', '$t = 2.01\\,\\mathrm{ms}$', ['t | stated 2.01 ms']],
    ['seconds-at-the-end', 'Time of the transfer: 0.002 s', ['Time of the transfer | stated 0.002 s']],
    ['images-a-second', 'Rate: 32 / 0.08 s = 400 images/s', ['Rate | true | 400 = 400']],
    ['a-rate-in-words', '400 images per second', ['stated 400 images/second']],
    ['a-bare-rate', 'Rate: 400/s', ['Rate | stated 400 /s']],
    [
      'bytes-by-a-rate-are-a-time',
      'Transfer: 25000000 B / (12.5 GB/s) = 2 ms',
      ['Transfer | true (prefix-is-1000) | 2,000,000 = 2'],
    ],
    ['a-division-by-a-stride-is-no-rate', 'o = 224/s = 112', ['o | not-understood (unknown-name) | ? = 112']],
    [
      'a-percentage-of-percentages',
      'F1 = 2*60*90/(60+90) = 72%',
      ['F1 | true (unit-as-written) | 72 = 0.72'],
    ],
    ['a-percentage-within-a-calculation', '5% * 200 = 1000', ['false | 10 = 1,000']],
    ['a-comma-in-braces', '$90/110 = 81{,}8\\,\\%$', ['rounded | 0.8181… = 0.818']],
  ]);
});

describe('a course of numbers', () => {
  golden([
    [
      'its-last-number-is-the-outcome',
      'Length: 1000 -> 999 -> 997',
      ['Length | mention 1,000', 'Length | mention 999', 'Length | stated 997'],
    ],
  ]);
});

describe('how large units are', () => {
  it.each([
    ['MiB', 'bytes', '1048576'],
    ['MB', 'bytes', '1000000'],
    ['Gbit/s', 'bytes', '125000000'],
    ['ms', 'time', '1/1000'],
    ['ms per step', 'time', '1/1000'],
    ['images/min', 'count', '1/60'],
    ['TFLOP/s', 'count', '1000000000000'],
    ['%', 'count', '1/100'],
    ['kWh', 'energy', '3600000'],
  ])('%s', (written, of, size) => {
    const measure = measureOf(written);
    expect({ of: measure?.of, size: measure && sizeOf(measure, 1000).toString() }).toEqual({ of, size });
  });

  it('kilobytes-of-1024', () => {
    const measure = measureOf('MB');
    expect(measure && sizeOf(measure, 1024).toString()).toBe('1048576');
  });

  it('what-is-no-unit', () => {
    expect(['', 'Mbx', 'a/b/c', '7', 'GB/s/s'].map(measureOf)).toEqual([null, null, null, null, null]);
  });

  it('rates-are-not-what-they-are-of', () => {
    const [rate, bytes] = [measureOf('GB/s'), measureOf('GB')];
    expect(rate && bytes && isAlike(rate, bytes)).toBe(false);
  });
});
