import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { countCosts, countParameters } from '@tensormark/network';
import type { Result, Tensor } from '@tensormark/network';
import { openReader } from '@tensormark/frameworks';
import type { CodeReader, ModelReading } from '@tensormark/frameworks';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');

/** What PyTorch itself made of each program; see generate-programs.py. */
interface Truth {
  readonly class: string;
  readonly inputs: readonly (readonly number[])[];
  readonly batch: number;
  readonly parameters: number;
  readonly trainable: number;
  readonly buffers: number;
  readonly names: readonly string[];
  readonly output: unknown;
  readonly multiply_accumulates: number;
  readonly modules: Readonly<
    Record<string, { readonly type: string; readonly outputs: readonly number[][] | null }>
  >;
}

const truths = JSON.parse(readFileSync(join(FIXTURES, 'programs.json'), 'utf8')) as Readonly<
  Record<string, Truth>
>;

function shapesOf(result: Result<Tensor> | undefined): unknown {
  if (result === null || result === undefined) return null;
  return 'shape' in result ? result.shape : result.map(shapesOf);
}

describe('student programs read as PyTorch runs them', () => {
  let reader: CodeReader;
  beforeAll(async () => {
    reader = await openReader();
  });

  it('has a truth for every program', () => {
    const files = readdirSync(join(FIXTURES, 'programs')).filter((name) => name.endsWith('.py'));
    expect(files.map((name) => name.replace('.py', '')).toSorted()).toEqual(Object.keys(truths).toSorted());
  });

  describe.each(Object.entries(truths))('%s', (name, truth) => {
    let reading: ModelReading;
    beforeAll(() => {
      const source = readFileSync(join(FIXTURES, 'programs', `${name}.py`), 'utf8');
      reading = reader.read(source, { filename: `${name}.py`, inputs: truth.inputs, batch: truth.batch });
    });

    it('is read without an error or an unknown', () => {
      expect({ errors: reading.errors, unknowns: reading.unknowns, unchosen: reading.unchosen }).toEqual({
        errors: [],
        unknowns: [],
        unchosen: undefined,
      });
    });

    it('has the same parameters', () => {
      const { network } = reading;
      if (network === undefined) throw new Error('there is no network');
      const { parameters, trainable, buffers } = countParameters(network);
      expect([parameters, trainable, buffers].map(Number)).toEqual([
        truth.parameters,
        truth.trainable,
        truth.buffers,
      ]);
      expect(network.parameters.map(({ names }) => names[0])).toEqual(truth.names);
    });

    it('gives the same outputs, module by module', () => {
      expect(shapesOf(reading.outputs)).toEqual(truth.output);
      const found = Object.fromEntries(
        [...(reading.network?.modules ?? [])].map(([path, { type }]) => [
          path,
          { type, outputs: reading.moduleCalls.get(path)?.outputs.map(({ shape }) => shape) ?? null },
        ]),
      );
      expect(found).toEqual(truth.modules);
    });

    it('costs the same multiply-accumulates', () => {
      expect(reading.network && Number(countCosts(reading.network))).toBe(truth.multiply_accumulates);
    });
  });
});
