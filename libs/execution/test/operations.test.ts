import { readFileSync } from 'node:fs';
import { describe, expect, it, beforeAll } from '@jest/globals';
import { openDevice, type BackendName } from '../src/index.js';
import { deviationsOf } from './measured-case.js';
import type { RecordedCase } from './recorded-case.js';

const CASES: readonly RecordedCase[] = JSON.parse(
  readFileSync(new URL('fixtures/operations.json', import.meta.url), 'utf8'),
);

/** Largest difference over largest number; float32 against float64, with the device's own erf and the like. */
const TOLERANCE = 2e-5;

describe.each<BackendName>(['cpu', 'wasm'])(
  'operations on %s agree with PyTorch, forward and backward',
  (only) => {
    beforeAll(async () => {
      const search = await openDevice({ only });
      if (search.kind === 'none') throw new Error(JSON.stringify(search.passedOver));
    });

    it.each(CASES.map((recorded) => [recorded.name, recorded] as const))('%s', async (_, recorded) => {
      const worse = (await deviationsOf(recorded)).filter(({ error }) => !(error < TOLERANCE));
      expect(worse).toEqual([]);
    });
  },
);
