import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Network, Tensor } from '@tensormark/network';
import {
  openDevice,
  prepareExecution,
  type Measurements,
  type Objective,
  type ProbeId,
  type Retrace,
} from '../src/index.js';
import { executeJob } from '../src/jobs/execute.js';
import type { OptimiserSettings } from '../src/index.js';
import type { DeviceSearch } from '../src/open-device.js';
import { Assembly, leNet, lstmClassifier, smallResNet, textTransformer, type Traced } from './networks.js';

let search: DeviceSearch;
beforeAll(async () => {
  search = await openDevice({ only: 'wasm' });
});

function classes(count: number): Objective {
  return {
    kind: 'loss',
    loss: 'CrossEntropyLoss',
    config: { reduction: 'mean', ignore_index: -100, label_smoothing: 0, weight: null },
    output: 0,
    target: { kind: 'classes', count },
  };
}

interface Asked {
  readonly objective?: Objective;
  readonly optimiser?: OptimiserSettings;
  readonly overfitSteps?: number;
}

/** Runs one probe on a network in this process. */
async function probed<Id extends ProbeId>(
  retrace: Retrace,
  id: Id,
  asked: Asked = {},
): Promise<Measurements[Id]> {
  const prepared = prepareExecution(retrace, { objective: classes(3), ...asked, probes: [id], batch: 4 });
  if (prepared.kind !== 'job') throw new Error(JSON.stringify(prepared));
  if (search.kind !== 'found') throw new Error('there is no device');
  let clock = 0;
  const report = await executeJob(prepared.job, { search, now: () => (clock += 1) });
  if (report.kind !== 'ran') throw new Error(JSON.stringify(report));
  const [outcome] = report.probes;
  if (outcome?.kind !== 'measured') throw new Error(JSON.stringify(outcome));
  return outcome.measured as Measurements[Id];
}

/** Layers one after the other on `[batch, 6]`, the middle given. */
function rows(
  middle: (net: Assembly, x: Tensor, traced: Traced) => Tensor,
  width = 6,
): (traced: Traced) => Network {
  return (traced) => {
    const net = new Assembly(traced.training);
    const x = net.layer('first', net.input([traced.batch, 6]), 'Linear', [6, width]);
    return net.network(net.layer('last', middle(net, x, traced), 'Linear', [width, 3]));
  };
}

const plain = rows((net, x) => net.call('relu', x));

describe('the loss at the start', () => {
  it('lies near ln C for a network as PyTorch starts it', async () => {
    const { loss, expected } = await probed(leNet, 'initial-loss', { objective: classes(10) });
    expect(expected).toBeCloseTo(Math.log(10), 4);
    expect(Number(loss)).toBeGreaterThan(2.1);
    expect(Number(loss)).toBeLessThan(2.5);
  });

  it('lies far above it where scores start large', async () => {
    const loud = rows((net, x) => net.call('mul', x, 100n));
    expect(Number((await probed(loud, 'initial-loss')).loss)).toBeGreaterThan(3);
  });
});

describe('gradients', () => {
  it('flow to every parameter of sound networks', async () => {
    for (const network of [leNet, smallResNet, textTransformer, lstmClassifier]) {
      const { parameters } = await probed(network, 'gradients');
      expect(parameters.filter(({ state }) => state !== 'flows')).toEqual([]);
    }
  });

  it('do not reach what stands before a detach', async () => {
    const cut = rows((net, x) => net.call('detach', x));
    const { parameters } = await probed(cut, 'gradients');
    const states = Object.fromEntries(parameters.map(({ parameter, state }) => [parameter, state]));
    expect(states).toMatchObject({ 'first.weight': 'unreached', 'last.weight': 'flows' });
  });

  it('are zero where a rectifier lets nothing through', async () => {
    const dead = rows((net, x) => net.call('relu', net.call('sub', x, 100n)));
    const { parameters } = await probed(dead, 'gradients');
    expect(parameters.find(({ parameter }) => parameter === 'first.weight')).toMatchObject({ state: 'zero' });
  });

  it('vanish through many sigmoids and hardly through rectifiers with normalisation', async () => {
    const deep = (activation: string, norm: boolean): ((traced: Traced) => Network) =>
      rows((net, x) => {
        let y = x;
        for (let depth = 0; depth < 8; depth += 1) {
          y = net.layer(`deep.${depth}`, y, 'Linear', [6, 6]);
          y = net.call(activation, norm ? net.layer(`norm.${depth}`, y, 'BatchNorm1d', [6]) : y);
        }
        return y;
      });
    expect((await probed(deep('sigmoid', false), 'gradients')).slope).toBeGreaterThan(4);
    expect(Math.abs((await probed(deep('relu', true), 'gradients')).slope ?? 99)).toBeLessThan(1.5);
  });
});

describe('parameters', () => {
  it('move, all but those the optimiser was not given', async () => {
    const { parameters } = await probed(plain, 'parameters-move', {
      optimiser: { type: 'SGD', arguments: { lr: 0.1 }, parameters: ['last.weight', 'last.bias'] },
    });
    const still = parameters.filter(({ change }) => change === 0).map(({ parameter }) => parameter);
    expect(still).toEqual(['first.weight', 'first.bias']);
  });
});

describe('rows of a batch', () => {
  it('are independent in a convolutional network, exactly', async () => {
    const { modes } = await probed(leNet, 'rows-independent');
    expect(modes.map(({ influence }) => influence)).toEqual([0, 0]);
  });

  it('depend on each other through batch normalisation in training alone', async () => {
    const { modes } = await probed(smallResNet, 'rows-independent');
    const [evaluation, training] = modes;
    expect(evaluation).toMatchObject({ mode: 'evaluation', influence: 0, batchStatistics: [] });
    expect(Number(training?.influence)).toBeGreaterThan(0.001);
    expect(training?.batchStatistics.length).toBe(4);
  });

  it('depend on each other where softmax runs over the batch', async () => {
    const mixed = rows((net, x) => net.call('softmax', x, 0n));
    expect(Number((await probed(mixed, 'rows-independent')).modes[0]?.influence)).toBeGreaterThan(0.01);
  });

  it('are asked by perturbation where inputs are tokens', async () => {
    const { modes } = await probed(textTransformer, 'rows-independent');
    expect(modes[0]).toMatchObject({ method: 'perturbation', influence: 0 });
  });
});

describe('a row alone', () => {
  it('gives what it gives among others', async () => {
    const { sizes } = await probed(smallResNet, 'batch-sizes');
    expect(sizes.map(({ batch, mode }) => `${batch} ${mode}`)).toEqual([
      '1 evaluation',
      '1 training',
      '3 training',
    ]);
    expect(Number(sizes[0]?.difference)).toBeLessThan(1e-5);
  });

  it('gives something else where the batch is normalised over in evaluation too', async () => {
    const untracked = rows((net, x) =>
      net.layer('norm', x, 'BatchNorm1d', [6], { track_running_stats: false }),
    );
    const { sizes } = await probed(
      (traced) => (traced.batch === 1 ? undefined : untracked(traced)),
      'batch-sizes',
    );
    expect(sizes.map(({ batch }) => batch)).toEqual([3]);
    const centred = rows((net, x) => net.call('sub', x, net.call('mean', x, 0n, true)));
    const [alone] = (await probed(centred, 'batch-sizes')).sizes;
    expect(Number(alone?.difference)).toBeGreaterThan(0.1);
  });
});

describe('inputs', () => {
  it('matter to a sound network, and not to one that loses them', async () => {
    expect(Number((await probed(plain, 'input-matters')).spread)).toBeGreaterThan(0.05);
    const lost = rows((net, x) => net.call('mul', x, 0n));
    expect((await probed(lost, 'input-matters')).spread).toBe(0);
  });
});

describe('units', () => {
  it('are dead where a bias pushes them below zero', async () => {
    const dead = rows((net, x) => net.layer('relu', net.call('sub', x, 100n), 'ReLU'));
    const { activations } = await probed(dead, 'dead-units');
    expect(activations).toMatchObject([{ path: 'relu', kind: 'zero', units: 6, dead: 6 }]);
  });

  it('are saturated where a sigmoid is fed large numbers', async () => {
    const loud = rows((net, x) => net.call('sigmoid', net.call('add', net.call('mul', x, 10n), 1000n)));
    expect((await probed(loud, 'dead-units')).activations).toMatchObject([
      { kind: 'saturated', units: 6, dead: 6 },
    ]);
  });
});

describe('modes', () => {
  it('differ by dropout in training alone', async () => {
    const dropping = rows((net, x) => net.layer('drop', x, 'Dropout', [0.5]));
    const measured = await probed(dropping, 'modes');
    expect(measured).toMatchObject({
      evaluationRepeats: 0,
      active: [{ path: 'drop', mode: 'training', behaviour: 'random' }],
    });
    expect(Number(measured.trainingRepeats)).toBeGreaterThan(0.1);
  });

  it('show a functional dropout that is never switched off', async () => {
    const always = rows((net, x) => net.call('dropout', x, 0.5, true));
    const measured = await probed(always, 'modes');
    expect(Number(measured.evaluationRepeats)).toBeGreaterThan(0.1);
    expect(measured.active.map(({ mode }) => mode)).toEqual(['training', 'evaluation']);
  });

  it('are one where nothing depends on them', async () => {
    expect(await probed(plain, 'modes')).toEqual({
      evaluationRepeats: 0,
      trainingRepeats: 0,
      difference: 0,
      active: [],
    });
  });
});

describe('overfitting one batch', () => {
  it('succeeds with a sound network and rate', async () => {
    const measured = await probed(plain, 'overfit', {
      optimiser: { type: 'Adam', arguments: { lr: 0.05 } },
      overfitSteps: 150,
    });
    expect(measured).toMatchObject({ ended: 'fitted', accuracy: 1, given: true });
  });

  it('fails with a rate far too small', async () => {
    const measured = await probed(plain, 'overfit', {
      optimiser: { type: 'SGD', arguments: { lr: 1e-6 } },
      overfitSteps: 30,
    });
    expect(measured).toMatchObject({ ended: 'steps' });
    expect(Number(measured.last)).toBeCloseTo(Number(measured.first), 3);
  });

  it('ends at once where the loss blows up', async () => {
    const measured = await probed(
      rows((net, x) => net.call('square', net.call('square', x))),
      'overfit',
      { optimiser: { type: 'SGD', arguments: { lr: 1e6 } }, overfitSteps: 30 },
    );
    expect(measured.ended).toBe('not-finite');
  });
});

describe('numbers that are none', () => {
  it('are traced to the call that makes them', async () => {
    const broken = rows((net, x) => net.call('log', net.call('sub', net.call('relu', x), 5n)));
    expect(await probed(broken, 'finite')).toMatchObject({ forward: { operation: 'log', what: 'NaN' } });
  });

  it('are not held against a mask that softmax removes', async () => {
    const masked = rows((net, x, { batch }) => {
      const mask = net.call('gt', x, 0.2);
      const scores = net.call('masked_fill', x, mask, Number.NEGATIVE_INFINITY);
      return net.call('add', net.call('softmax', net.call('maximum', scores, x), -1n), BigInt(batch));
    });
    expect(await probed(masked, 'finite')).toEqual({ gradients: [] });
  });
});
