import { describe, expect, it } from '@jest/globals';
import { openDevice } from '../src/index.js';

describe('finding a compute device', () => {
  it.each(['wasm', 'cpu'] as const)('%s comes up anywhere and gets the known answer right', async (only) => {
    const search = await openDevice({ only });
    expect(search).toMatchObject({ kind: 'found', device: { backend: only, kind: 'cpu' } });
  });

  it('a-forced-backend-that-is-missing-is-not-replaced', async () => {
    const before = process.env['TFJS_NATIVE'];
    process.env['TFJS_NATIVE'] = '@tensorflow/not-installed';
    try {
      const search = await openDevice({ only: 'tensorflow' });
      expect(search).toMatchObject({ kind: 'none', passedOver: [{ backend: 'tensorflow' }] });
    } finally {
      if (before === undefined) delete process.env['TFJS_NATIVE'];
      else process.env['TFJS_NATIVE'] = before;
    }
  });
});
