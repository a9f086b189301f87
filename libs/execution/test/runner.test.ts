import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  ExecutionRunner,
  prepareExecution,
  type ExecutionJob,
  type PlannedDevice,
  type RunnerOptions,
} from '../src/index.js';
import { Assembly, type Traced } from './networks.js';
import { buildLayer, type Layer, type Network } from '@tensormark/network';

const SCRIPT = fileURLToPath(new URL('../src/jobs/child.ts', import.meta.url));
const HOOKS = new URL('typescript-hooks.mjs', import.meta.url).href;

let runner: ExecutionRunner | undefined;
afterEach(() => runner?.close());

function start(options: RunnerOptions = {}): ExecutionRunner {
  runner = new ExecutionRunner({
    script: SCRIPT,
    execArgv: ['--import', HOOKS],
    device: { only: 'wasm' },
    ...options,
  });
  return runner;
}

function small({ batch, training }: Traced): Network {
  const net = new Assembly(training);
  return net.network(net.layer('fc', net.input([batch, 4]), 'Linear', [4, 3]));
}

function jobOf(network: (traced: Traced) => Network, change: Partial<ExecutionJob> = {}): ExecutionJob {
  const prepared = prepareExecution(network, {
    objective: { kind: 'probe' },
    probes: ['forward', 'gradients'],
  });
  if (prepared.kind !== 'job') throw new Error(JSON.stringify(prepared));
  return { ...prepared.job, ...change };
}

function linear(): Layer {
  const { layer } = buildLayer('Linear', { positional: [5n, 2n] });
  if (!layer) throw new Error('no layer');
  return layer;
}

describe('running jobs in a process of their own', () => {
  it('gives the same report for the same seed', async () => {
    const runs = start();
    const [one, other] = [await runs.run(jobOf(small)), await runs.run(jobOf(small))];
    expect(one).toMatchObject({ kind: 'ran', device: { backend: 'wasm', kind: 'cpu' }, seed: 1 });
    const numbers = (report: typeof one): unknown =>
      report.kind === 'ran' ? report.probes.filter(({ probe }) => probe === 'gradients') : report;
    expect(numbers(other)).toEqual(numbers(one));
  });

  it('kills a process that does not answer in time, and starts another', async () => {
    const runs = start({ startMilliseconds: 0 });
    expect(await runs.run(jobOf(small, { budgets: { milliseconds: 1 } }))).toMatchObject({
      kind: 'fault',
      fault: 'deadline',
    });
    expect(await runs.run(jobOf(small))).toMatchObject({ kind: 'ran' });
  });

  it('kills a process that grows too large', async () => {
    expect(await start({ bytes: 1_000_000 }).run(jobOf(small))).toMatchObject({
      kind: 'fault',
      fault: 'memory',
    });
  });

  it('says on which device jobs will run, and runs them there', async () => {
    const runs = start();
    const [search, report] = await Promise.all([runs.device(), runs.run(jobOf(small))]);
    if (search.kind !== 'found' || report.kind !== 'ran') throw new Error(JSON.stringify([search, report]));
    expect(search.device).toMatchObject({ backend: 'wasm', kind: 'cpu' });
    expect(report.device).toEqual(search.device);
  });

  it('runs nothing that was planned for a GPU on less', async () => {
    expect(await start().run(jobOf(small, { plannedFor: 'gpu' }))).toMatchObject({
      kind: 'fault',
      fault: 'device-lost',
    });
  });

  it('finds no device where the process that opens it ends by itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tensormark-'));
    try {
      const script = join(folder, 'ends.mjs');
      await writeFile(script, "process.on('message', () => process.exit(3));\n");
      expect(await start({ script }).device()).toEqual({
        kind: 'none',
        passedOver: [{ backend: 'wasm', why: 'the process ended by itself (3)' }],
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('takes a process that ends by itself for a fault', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tensormark-'));
    try {
      const script = join(folder, 'ends.mjs');
      await writeFile(script, "process.on('message', () => process.exit(3));\n");
      expect(await start({ script }).run(jobOf(small))).toEqual({
        kind: 'fault',
        fault: 'crash',
        message: 'the process ended by itself (3)',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says which device was missing where one is forced', async () => {
    const runs = start({
      environment: { ...process.env, TFJS_NATIVE: '@tensorflow/not-installed' },
      device: { only: 'tensorflow' },
    });
    expect(await runs.device()).toMatchObject({ kind: 'none', passedOver: [{ backend: 'tensorflow' }] });
    expect(await runs.run(jobOf(small))).toMatchObject({ kind: 'fault', fault: 'no-device' });
  });
});

describe('what is not run', () => {
  it('is said by name where nothing executes it', async () => {
    const sorted = ({ batch, training }: Traced): Network => {
      const net = new Assembly(training);
      return net.network(net.call('median', net.input([batch, 4]), 1n));
    };
    expect(await start().run(jobOf(sorted))).toMatchObject({
      kind: 'unsupported',
      operations: [{ operation: 'median' }],
    });
  });

  it('is declined where it would cost too much at any size', () => {
    const wide = ({ batch, training }: Traced): Network => {
      const net = new Assembly(training);
      return net.network(net.layer('fc', net.input([batch, 40_000]), 'Linear', [40_000, 40_000]));
    };
    const prepared = prepareExecution(wide, { objective: { kind: 'probe' } });
    expect(prepared).toMatchObject({ kind: 'declined' });
    expect(prepared.kind === 'declined' && prepared.why).toContain('multiply-accumulates');
  });

  it('is made smaller where that is enough, and said so', () => {
    const large = ({ batch, training, inputs = [[3, 224, 224]] }: Traced): Network => {
      const net = new Assembly(training);
      let x = net.input([batch, ...(inputs[0] ?? [])]);
      x = net.layer('conv1', x, 'Conv2d', [3, 64, 3], { padding: 1 });
      x = net.layer('conv2', x, 'Conv2d', [64, 64, 3], { padding: 1 });
      return net.network(net.layer('pool', x, 'AdaptiveAvgPool2d', [1]));
    };
    const prepared = prepareExecution(large, { objective: { kind: 'probe' } });
    if (prepared.kind !== 'job') throw new Error(JSON.stringify(prepared));
    const { scaled, estimate } = prepared.job;
    expect(scaled?.from).toEqual({ batch: 8, inputs: [[3, 224, 224]] });
    expect(scaled?.to).toEqual({ batch: 4, inputs: [[3, 16, 16]] });
    expect(estimate.multiplyAccumulates).toBeLessThan(50_000_000);
  });

  it('keeps rows and size where a GPU was found, and not on a software one', () => {
    const wide = ({ batch, training }: Traced): Network => {
      const net = new Assembly(training);
      return net.network(net.layer('fc', net.input([batch, 4000]), 'Linear', [4000, 4000]));
    };
    const batchOn = (device?: PlannedDevice): number | undefined => {
      const prepared = prepareExecution(wide, { objective: { kind: 'probe' }, ...(device && { device }) });
      return prepared.kind === 'job' ? prepared.job.plans.batch : undefined;
    };
    expect(batchOn({ backend: 'webgpu', kind: 'gpu' })).toBe(8);
    expect(batchOn({ backend: 'tensorflow', kind: 'gpu' })).toBe(8);
    expect(batchOn({ backend: 'webgpu', kind: 'cpu' })).toBe(4);
    expect(batchOn()).toBe(4);
    // Half of 8 is a few: fewer rows would not say much of a batch.
    expect(batchOn({ backend: 'wasm', kind: 'cpu' })).toBe(4);
  });

  it('is refused where the trace itself has an error', () => {
    const broken = ({ batch, training }: Traced): Network => {
      const net = new Assembly(training);
      const x = net.layer('fc1', net.input([batch, 4]), 'Linear', [4, 3]);
      net.builder.applyLayer(linear(), { positional: [x] }, { modulePath: 'fc2' });
      return net.network(x);
    };
    const prepared = prepareExecution(broken, { objective: { kind: 'probe' } });
    expect(prepared).toMatchObject({
      kind: 'unsupported',
      operations: [{ operation: 'Linear', path: 'fc2' }],
    });
  });
});
