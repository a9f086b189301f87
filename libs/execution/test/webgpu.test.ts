import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { RecordedCase } from './recorded-case.js';
import type { CasesRun, NoDevice } from './webgpu-cases.js';

const CASES: readonly RecordedCase[] = JSON.parse(
  readFileSync(new URL('fixtures/operations.json', import.meta.url), 'utf8'),
);

/** The software Vulkan that Chromium brings along, where it is installed. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

const TOLERANCE = 2e-5;

/** SwiftShader's own sines and what it makes of them are this far off. */
const SINES = 4e-4;

/**
 * Those that go another way on WebGPU than on WebAssembly, or did go wrong there: kernels of its own for the way back, many
 * buffers, more than four dimensions. TENSORMARK_WEBGPU_CASES=all runs every one, in about a minute.
 */
const CHOSEN: readonly RegExp[] = [
  /^convolution(-padded-strided|-dilated-strided|-depthwise|-reflect)?$/,
  /^transposed-output-padding$/,
  /^linear$/,
  /^batch-norm-(training|three-dimensions-training)$/,
  /^(layer|group)-norm$/,
  /^max-pool(-overlapping-padded|-of-ties|-with-places)?$/,
  /^average-pool-(ceil-padded|excluding-padding)$/,
  /^adaptive-average-uneven$/,
  /^embedding$/,
  /^cell-LSTM$/,
  /^dot-product-attention-causal$/,
  /^permute-six-dimensions$/,
  /^concatenate-many$/,
  /^getitem-(slices|places)$/,
  /^gather$/,
  /^unfold$/,
  /^upsample-bilinear$/,
  /^mul-five-dimensions$/,
  /^function-(sin|erf)$/,
  /^sum-of-many$/,
  /^(cumsum-front|sort|topk|max-along|prod)$/,
  /^matmul-broadcasting$/,
  /^activation-(GELU|PReLU-channels)$/,
  /^softmax-channels$/,
  /^loss-cross-entropy-smoothed$/,
];

function run(names: readonly string[] | 'all'): Promise<CasesRun | NoDevice> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('webgpu-cases.ts', import.meta.url)), {
      execArgv: ['--import', new URL('typescript-hooks.mjs', import.meta.url).href],
      env: { ...(existsSync(SWIFTSHADER) && { VK_ICD_FILENAMES: SWIFTSHADER }), ...process.env },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.once('message', (message: CasesRun | NoDevice) => resolve(message));
    child.once('exit', (code, signal) => reject(new Error(`the process ended (${signal ?? code})`)));
    child.send(names);
  });
}

const all = process.env['TENSORMARK_WEBGPU_CASES'] === 'all';
const names = CASES.map(({ name }) => name).filter(
  (name) => all || CHOSEN.some((chosen) => chosen.test(name)),
);
const found = await run(names);

if ('adapter' in found)
  describe('a machine on which Dawn finds no adapter', () => {
    it('is one on which the backend says itself that it is unavailable', () => {
      expect(found).toEqual({
        adapter: false,
        why: ['no Vulkan, Metal or Direct3D device was found'],
      });
    });
  });
else
  describe('operations on WebGPU agree with PyTorch, forward and backward', () => {
    it('runs on a device that is not taken for a GPU where it is none', () => {
      expect(found.kind).toBe(found.device.includes('software') ? 'cpu' : 'gpu');
      expect(found.deviations.map(({ name }) => name)).toEqual(names);
    });

    it('meets no error of the device, and would notice one', () => {
      expect(found.deviceErrors).toEqual([]);
      expect(found.noticed).toBeGreaterThan(0);
    });

    it.each(names)('%s', (name) => {
      const results = found.deviations.find((each) => each.name === name)?.found ?? 'it did not run';
      const tolerance = /^function-a?(sin|cos)$/.test(name) ? SINES : TOLERANCE;
      const worse =
        typeof results === 'string' ? results : results.filter(({ error }) => !(error < tolerance));
      expect(worse).toEqual([]);
    });
  });
