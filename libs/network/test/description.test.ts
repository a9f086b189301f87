import { describe, expect, it } from '@jest/globals';
import { countParameters, readLayers, tensorsOf } from '../src/index.js';

function read(description: unknown) {
  const reading = readLayers(description);
  if (reading.kind === 'refused') throw new Error(reading.message);
  return reading.network;
}

function refusal(description: unknown): string {
  const reading = readLayers(description);
  return reading.kind === 'refused' ? reading.message : 'not refused';
}

describe('a network described by its layers', () => {
  it('three-blocks-with-a-grouped-convolution', () => {
    const network = read({
      input: [3, 64, 64],
      layers: [
        { name: 'stem', layers: [{ Conv2d: { out_channels: 64, kernel_size: 7, bias: false } }] },
        {
          name: 'grouped',
          layers: [{ Conv2d: { out_channels: 64, kernel_size: 3, groups: 4, bias: false } }],
        },
        { name: 'mixed', layers: [{ Conv2d: [64, 10, 1] }] },
      ],
    });
    const own = (path: string) => countParameters(network, undefined, path).parameters;
    expect([own('stem'), own('grouped'), own('mixed'), own('')]).toEqual([9408n, 9216n, 650n, 19274n]);
    expect(tensorsOf(network.output)).toMatchObject([{ shape: [1, 10, 56, 56] }]);
  });

  it('what-the-incoming-tensor-tells-may-be-left-out', () => {
    const network = read({ input: [12], layers: [{ Linear: 20 }, { Linear: { out_features: 3 } }] });
    expect(countParameters(network).parameters).toBe(12n * 20n + 20n + 20n * 3n + 3n);
  });

  it('names-within-or-beside-a-layer', () => {
    const network = read({
      input: [4],
      layers: [{ Linear: { name: 'a', out_features: 5 } }, { name: 'b', Linear: 6 }],
    });
    expect([...network.modules.keys()]).toEqual(expect.arrayContaining(['a', 'b']));
  });

  it.each([
    [
      'an-unknown-layer',
      { input: [3, 8, 8], layers: ['Conv2D'] },
      /layers\[0\].*no layer "Conv2D"; did you mean Conv2d\?/,
    ],
    [
      'a-shape-that-does-not-fit',
      { input: [3, 8, 8], layers: [{ Conv2d: [4, 8, 3] }] },
      /layers\[0\]\.Conv2d.*expected input\[1, 3, 8, 8\] to have 4 channels/,
    ],
    [
      'groups-that-do-not-divide',
      { input: [6, 8, 8], layers: [{ Conv2d: { out_channels: 8, kernel_size: 3, groups: 4 } }] },
      /ValueError: in_channels must be divisible by groups/,
    ],
    [
      'an-unknown-argument',
      { input: [4], layers: [{ Linear: { out: 3 } }] },
      /layers\[0\]\.Linear: TypeError/,
    ],
    [
      'two-layers-in-one-entry',
      { input: [4], layers: [{ Linear: 3, Identity: null }] },
      /an entry of its own/,
    ],
    [
      'a-name-twice',
      {
        input: [4],
        layers: [
          { name: 'a', Linear: 3 },
          { name: 'a', Linear: 3 },
        ],
      },
      /another "a"/,
    ],
    ['a-name-with-a-dot', { input: [4], layers: [{ name: 'a.b', Linear: 3 }] }, /expected a name/],
    ['no-layers', { input: [4], layers: [] }, /at least one layer/],
    ['a-negative-size', { input: [-4], layers: [{ Linear: 3 }] }, /input\[0\]/],
    ['prototype-names', { input: [4], layers: ['__proto__'] }, /no layer "__proto__"/],
    ['nothing', undefined, /expected object/],
  ])('%s-is-refused-at-its-place', (_case, description, message) => {
    expect(refusal(description)).toMatch(message);
  });

  it('nesting-without-end-is-refused', () => {
    let layers: unknown[] = [{ Linear: 3 }];
    for (let depth = 0; depth < 3000; depth += 1) layers = [{ layers }];
    expect(refusal({ input: [4], layers })).toMatch(/nested deeper than 20/);
  });
});
