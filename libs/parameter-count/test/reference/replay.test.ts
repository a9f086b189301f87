import { describe, expect, it } from '@jest/globals';
import { Rational, readWorking } from '@tensormark/arithmetic';
import { claimsIn } from '../../src/matching/claim.js';
import { FollowThrough } from '../../src/matching/follow.js';
import type { Reference } from '../../src/index.js';
import { nodeOf, reference, whole } from './building.js';
import { GROUPED, layers, LENET } from './networks.js';

/** What each number is when some before it have other values, as an answer may have them. */
function after(built: Reference, slips: Readonly<Record<string, number>>): (id: string) => bigint {
  const all = Object.entries(slips).map(([node, value]) => {
    const [claim] = claimsIn(readWorking(`Result: ${value}`));
    if (claim === undefined) throw new Error(`${value} is no number`);
    nodeOf(built, node);
    return { node, value: Rational.of(BigInt(value)), claim };
  });
  return (id) => {
    const [first] = FollowThrough.of(built).carried([id], all);
    return whole(first?.values[0] ?? nodeOf(built, id).value);
  };
}

const TOTAL = reference(LENET, [['', 'parameters']]);

describe('what follows from a wrong result', () => {
  it('a-wrong-height-goes-through-flatten-into-the-linear-layer-though-the-code-writes-400', () => {
    const follows = after(TOTAL, { 'pool2/height': 6, 'pool2/width': 6 });
    expect(follows('flatten/features')).toBe(16n * 36n);
    expect(follows('fc1/parameters')).toBe(120n * (16n * 36n + 1n));
    expect(follows('/parameters')).toBe(61_706n + 120n * 16n * 11n);
  });

  it('a-wrong-size-of-the-first-convolution-goes-all-the-way', () => {
    const follows = after(TOTAL, { 'conv1/height': 32, 'conv1/width': 32 });
    expect(follows('pool1/height')).toBe(16n);
    expect(follows('conv2/height')).toBe(12n);
    expect(follows('flatten/features')).toBe(16n * 36n);
  });

  it('a-wrong-flattened-size', () => {
    expect(after(TOTAL, { 'flatten/features': 256 })('fc1/parameters')).toBe(120n * 257n);
  });

  it('wrong-weights-per-filter', () => {
    const follows = after(TOTAL, { 'conv2/weights-per-filter': 25 });
    expect(follows('conv2/parameters-per-filter')).toBe(26n);
    expect(follows('conv2/parameters')).toBe(416n);
    expect(follows('/parameters')).toBe(61_706n - 2000n);
  });

  it('wrong-weights-of-a-layer-by-the-route-of-weights-and-biases', () => {
    expect(after(TOTAL, { 'conv2/weights': 400 })('conv2/parameters')).toBe(416n);
  });

  it('a-wrong-layer-in-the-total', () => {
    expect(after(TOTAL, { 'conv1/parameters': 150 })('/parameters')).toBe(61_700n);
  });

  it('a-wrong-layer-in-the-total-over-blocks', () => {
    const built = reference(GROUPED, [['', 'parameters']]);
    const follows = after(built, { 'block2.0/weights-per-group': 4096 });
    expect(follows('block2.0/parameters')).toBe(32_768n);
    expect(follows('block2/parameters')).toBe(32_768n);
    expect(follows('/parameters')).toBe(385_536n - 294_912n + 32_768n);
  });

  it('channels-of-a-concatenation', () => {
    const network = layers(
      [3, 8, 8],
      {
        name: 'inception',
        branches: [[{ Conv2d: [3, 4, 1] }], [{ Conv2d: { out_channels: 6, kernel_size: 3, padding: 1 } }]],
      },
      { name: 'conv', Conv2d: [10, 5, 1] },
    );
    const built = reference(network, [['conv', 'parameters']]);
    expect(after(built, {})('inception.cat()/channels')).toBe(10n);
    expect(after(built, { 'inception.cat()/channels': 6 })('conv/parameters')).toBe(5n * 7n);
  });

  it('both-directions-of-a-recurrent-layer', () => {
    const network = layers(
      [5, 8],
      { name: 'gru', GRU: { hidden_size: 6, bidirectional: true, batch_first: true } },
      { name: 'fc', Linear: 3 },
    );
    const built = reference(network, [['', 'parameters']]);
    expect(after(built, { 'gru/features': 6 })('fc/parameters')).toBe(3n * 7n);
    expect(after(built, { 'gru/parameters-per-direction': 100 })('gru/parameters')).toBe(200n);
  });

  it('a-receptive-field-from-a-wrong-jump', () => {
    const built = reference(LENET, [['pool2', 'receptive-field']]);
    expect(after(built, { 'pool1/jump': 1 })('conv2/receptive-field')).toBe(10n);
    expect(after(built, { 'pool1/jump': 1 })('pool2/receptive-field')).toBe(11n);
  });

  it('work-from-a-wrong-output-size', () => {
    const built = reference(LENET, [['conv1', 'flops']]);
    expect(after(built, { 'conv1/height': 32, 'conv1/width': 32 })('conv1/flops')).toBe(
      2n * 6n * 1024n * 25n,
    );
  });
});
