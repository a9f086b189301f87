import { describe, expect, it } from '@jest/globals';
import { prepareExecution, type ExecutionPlan } from '../src/index.js';
import { Assembly, type Traced } from './networks.js';

function jobOf(network: (traced: Traced) => ReturnType<Assembly['network']>) {
  const prepared = prepareExecution(network, { objective: { kind: 'probe' } });
  if (prepared.kind !== 'job') throw new Error(JSON.stringify(prepared));
  return prepared.job.plans;
}

const noise = (net: Assembly, shape: readonly number[], once: boolean) =>
  net.builder.constant(
    { shape, dtype: 'float32' },
    'constant',
    { file: 'net.py', line: 7, column: 3 },
    { drawn: { kind: 'normal', mean: 0, deviation: 2 }, ...(once && { once }) },
  );

const drawnIn = ({ steps, buffers }: ExecutionPlan) => ({
  anew: steps.filter((step) => step.kind === 'constant' && step.drawn).length,
  once: buffers.map(({ initial }) => initial),
});

describe('a constant that is drawn', () => {
  it('before-the-forward-is-state-that-every-pass-shares', () => {
    const { training, evaluation, single } = jobOf(({ batch, training: mode }) => {
      const net = new Assembly(mode);
      const x = net.layer('fc', net.input([batch, 4]), 'Linear', [4, 3]);
      return net.network(net.call('add', x, noise(net, [3], true)));
    });
    const state = { anew: 0, once: [{ kind: 'normal', mean: 0, deviation: 2 }] };
    for (const plan of [training, evaluation, single]) expect(plan && drawnIn(plan)).toEqual(state);
  });

  it('in-the-forward-is-drawn-anew-in-each-pass', () => {
    const { training } = jobOf(({ batch, training: mode }) => {
      const net = new Assembly(mode);
      const x = net.layer('fc', net.input([batch, 4]), 'Linear', [4, 3]);
      return net.network(net.call('add', x, noise(net, [batch, 3], false)));
    });
    expect(drawnIn(training)).toEqual({ anew: 1, once: [] });
  });

  it('once-for-training-alone-makes-evaluation-another-network', () => {
    const { evaluation } = jobOf(({ batch, training: mode }) => {
      const net = new Assembly(mode);
      const x = net.layer('fc', net.input([batch, 4]), 'Linear', [4, 3]);
      return net.network(mode ? net.call('add', x, noise(net, [3], true)) : x);
    });
    expect(evaluation).toBeUndefined();
  });
});
