import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openOnnxRuntime, type OnnxRuntime } from '../src/embedding/onnx-runtime.js';
import { openEmbeddingModel } from '../src/embedding/open-model.js';
import { openWordPieces } from '../src/embedding/word-pieces.js';

const PIECES = [
  '[PAD]',
  '[CLS]',
  '[SEP]',
  '[UNK]',
  'un',
  '##aff',
  '##able',
  'the',
  ',',
  '.',
  'cafe',
  'ab',
  '##c',
  '"',
];

describe('word pieces', () => {
  const { tokens } = openWordPieces(PIECES);
  const pieces = (text: string): string[] => tokens(text).map((number) => PIECES[number] ?? '');

  it.each([
    // The example of BERT's own tokenizer.
    ['longest-pieces-first', 'unaffable', ['un', '##aff', '##able']],
    ['small-letters-without-accents', 'The Café', ['the', 'cafe']],
    ['signs-are-words', 'the,"abc".', ['the', ',', '"', 'ab', '##c', '"', '.']],
    ['a-word-with-an-unknown-end-is-unknown', 'the unx', ['the', '[UNK]']],
    ['a-word-that-is-too-long-is-unknown', 'ab'.repeat(60), ['[UNK]']],
    ['nothing', ' \n\t', []],
  ])('%s', (_name, text, wanted) => {
    expect(pieces(text)).toEqual(['[CLS]', ...wanted, '[SEP]']);
  });

  it('leaves-out-what-is-past-the-most-tokens', () => {
    expect(tokens('the '.repeat(1000))).toHaveLength(256);
  });

  it('refuses-a-list-without-its-marks', () => {
    expect(() => openWordPieces(['the'])).toThrow('[CLS]');
  });
});

describe('a model in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'model-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Its vectors are the token's number and one, so that a mean can be reckoned by hand. */
  const calls: Record<string, bigint[]>[] = [];
  const runtime = (
    outputs = ['last_hidden_state'],
    inputs = ['input_ids', 'attention_mask'],
  ): OnnxRuntime => ({
    version: 'by-hand 1.0',
    open: () =>
      Promise.resolve({
        inputs,
        outputs,
        run: (feeds) => {
          calls.push(Object.fromEntries(Object.entries(feeds).map(([name, data]) => [name, [...data]])));
          const ids = [...(feeds['input_ids'] ?? [])].map(Number);
          return Promise.resolve({
            data: Float32Array.from(ids.flatMap((id) => [id, 1])),
            shape: [1, ids.length, 2],
          });
        },
      }),
  });
  const filled = async (): Promise<void> => {
    await mkdir(join(folder, 'onnx'));
    await writeFile(join(folder, 'onnx', 'model.onnx'), 'abc');
    await writeFile(join(folder, 'vocab.txt'), `${PIECES.join('\n')}\n`);
  };

  it('gives-the-mean-at-length-one-and-says-what-it-is', async () => {
    await filled();
    calls.length = 0;
    const model = await openEmbeddingModel(folder, () => Promise.resolve(runtime()));
    // [CLS] the [SEP] are 1, 7 and 2: their mean is (10/3, 1).
    const vector = await model.embed('the');
    const length = Math.hypot(10 / 3, 1);
    expect(vector[0]).toBeCloseTo(10 / 3 / length, 6);
    expect(vector[1]).toBeCloseTo(1 / length, 6);
    expect(calls).toEqual([{ input_ids: [1n, 7n, 2n], attention_mask: [1n, 1n, 1n] }]);
    expect(model.identity).toMatchObject({
      // Of the three letters, as FIPS 180-2 has it.
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      runtime: 'by-hand 1.0',
    });
    await model.embed('the');
    expect(calls).toHaveLength(1);
  });

  it('says-what-is-missing', async () => {
    await expect(openEmbeddingModel(folder, () => Promise.resolve(runtime()))).rejects.toThrow(
      'has no model.onnx or onnx/model.onnx',
    );
    await writeFile(join(folder, 'model.onnx'), 'abc');
    await expect(openEmbeddingModel(folder, () => Promise.resolve(runtime()))).rejects.toThrow(
      'has no vocab.txt',
    );
    await writeFile(join(folder, 'vocab.txt'), 'the\n');
    await expect(openEmbeddingModel(folder, () => Promise.resolve(runtime()))).rejects.toThrow(
      'has no [CLS]',
    );
  });

  it('refuses-a-model-of-another-kind', async () => {
    await filled();
    const other = runtime(['logits'], ['pixel_values']);
    await expect(openEmbeddingModel(folder, () => Promise.resolve(other))).rejects.toThrow(
      'takes pixel_values and gives logits',
    );
  });

  it('says-how-to-install-the-runtime', async () => {
    await expect(openOnnxRuntime(folder)).rejects.toThrow(`npm install --prefix ${folder} onnxruntime-node`);
  });

  it('uses-the-runtime-in-the-models-folder', async () => {
    await filled();
    const place = join(folder, 'node_modules', 'onnxruntime-node');
    await mkdir(place, { recursive: true });
    await writeFile(
      join(place, 'package.json'),
      '{"name":"onnxruntime-node","version":"9.9.9","main":"index.js"}',
    );
    await writeFile(
      join(place, 'index.js'),
      `class Tensor { constructor(type, data, dims) { Object.assign(this, { type, data, dims }); } }
class InferenceSession {
  static async create(model, { executionProviders }) {
    if (executionProviders.join() !== 'cpu' || model.length !== 3) throw new Error('unexpected');
    return new InferenceSession();
  }
  inputNames = ['input_ids'];
  outputNames = ['last_hidden_state'];
  async run({ input_ids: { type, data, dims } }) {
    if (type !== 'int64' || dims.join() !== '1,3') throw new Error('unexpected');
    return { last_hidden_state: new Tensor('float32', Float32Array.from([...data].flatMap((id) => [Number(id), 0])), [1, 3, 2]) };
  }
}
module.exports = { Tensor, InferenceSession };
`,
    );
    const model = await openEmbeddingModel(folder);
    expect(model.identity.runtime).toBe('onnxruntime-node 9.9.9');
    expect([...(await model.embed('the'))]).toEqual([1, 0]);
  });
});
