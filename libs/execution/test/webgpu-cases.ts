import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { create } from 'webgpu';
import type { DeviceChoice } from '../src/index.js';
import { openGuarded } from '../src/open-device.js';
import { deviationsOf, type Deviation } from './measured-case.js';
import type { RecordedCase } from './recorded-case.js';

/** What a device process found: by case, how far each result lies from PyTorch's. */
export interface CasesRun {
  readonly device: string;
  readonly kind: string;
  readonly deviations: readonly { readonly name: string; readonly found: readonly Deviation[] | string }[];
  readonly deviceErrors: readonly string[];
  /** Errors found of a call that is known to be invalid. */
  readonly noticed: number;
}

/** The body of a process: runs the cases named on WebGPU, software or not, and sends what it found. */
process.once('message', (names: readonly string[] | 'all') => {
  void run(names).then((found) => process.send?.(found, () => process.exit(0)));
});

/** What a machine without any adapter gives: whether Dawn itself has one, and what the backend says. */
export interface NoDevice {
  readonly adapter: boolean;
  readonly why: readonly string[];
}

async function run(names: readonly string[] | 'all'): Promise<CasesRun | NoDevice> {
  const choice: DeviceChoice = { only: 'webgpu', softwareGpu: true };
  const { search, guard } = await openGuarded(choice);
  if (search.kind === 'none') {
    const adapter = await create([]).requestAdapter();
    return { adapter: adapter !== null, why: search.passedOver.map(({ why }) => why) };
  }
  const cases: readonly RecordedCase[] = JSON.parse(
    readFileSync(new URL('fixtures/operations.json', import.meta.url), 'utf8'),
  );
  const deviations = [];
  const deviceErrors: string[] = [];
  for (const recorded of cases) {
    if (names !== 'all' && !names.includes(recorded.name)) continue;
    guard?.begin();
    let found: readonly Deviation[] | string;
    try {
      found = await deviationsOf(recorded);
    } catch (error) {
      found = String(error);
    }
    deviations.push({ name: recorded.name, found });
    for (const error of (await guard?.end()) ?? []) deviceErrors.push(`${recorded.name}: ${error}`);
  }
  guard?.begin();
  // A kernel that does not compile: TensorFlow.js transposes whole numbers by a shader for floats.
  tf.tidy(() => tf.transpose(tf.ones([2, 3, 4], 'int32'), [0, 2, 1]));
  const noticed = (await guard?.end()) ?? [];
  return {
    noticed: noticed.length,
    device: search.device.device,
    kind: search.device.kind,
    deviations,
    deviceErrors,
  };
}
