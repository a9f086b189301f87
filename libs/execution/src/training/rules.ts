import * as tf from '@tensorflow/tfjs-core';
import { filled, type Data } from '../engine/arrays.js';
import type { OptimiserArgument, OptimiserName } from './settings.js';

/** What an optimiser remembers of one parameter. */
export interface Memory {
  /** Zeros, or the value given, where nothing was remembered yet. */
  recall(name: string, otherwise?: number): Data;
  has(name: string): boolean;
  remember(name: string, data: Data): Data;
  number(name: string, otherwise: number): number;
  rememberNumber(name: string, value: number): void;
}

/** The arguments of an optimiser, read. */
export class Hyperparameters {
  constructor(
    private readonly given: Readonly<Record<string, OptimiserArgument>>,
    private readonly defaults: Readonly<Record<string, OptimiserArgument>>,
  ) {}

  number(name: string): number {
    const value = this.given[name] ?? this.defaults[name];
    return typeof value === 'number' ? value : 0;
  }

  flag(name: string): boolean {
    return (this.given[name] ?? this.defaults[name]) === true;
  }

  get betas(): readonly [number, number] {
    const value = this.given['betas'] ?? this.defaults['betas'];
    const [first = 0.9, second = 0.999] = Array.isArray(value) ? value : [];
    return [Number(first), Number(second)];
  }
}

export interface Update {
  readonly p: Data;
  /** The gradient, weight decay added where the rule adds it. */
  readonly g: Data;
  readonly memory: Memory;
  /** Counts from 1. */
  readonly t: number;
  readonly given: Hyperparameters;
}

/** One step of one parameter, by PyTorch's rule. */
export interface Rule {
  readonly defaults: Readonly<Record<string, OptimiserArgument>>;
  /** The decay shrinks the parameter instead of being added to its gradient. */
  readonly decoupled?: boolean;
  readonly step: (update: Update) => Data;
}

/** `x + factor · y`. */
const plus = (x: Data, y: Data, factor = 1): Data => tf.add(x, factor === 1 ? y : tf.mul(y, factor));

/** `decay · before + (1 − decay) · now`. */
const averaged = (before: Data, now: Data, decay: number): Data =>
  tf.add(tf.mul(before, decay), tf.mul(now, 1 - decay));

function sgd({ p, g, memory, given }: Update): Data {
  const momentum = given.number('momentum');
  const rate = given.number('lr');
  if (momentum === 0) return plus(p, g, -rate);
  const buffer = memory.has('momentum')
    ? plus(tf.mul(memory.recall('momentum'), momentum), g, 1 - given.number('dampening'))
    : g.clone();
  memory.remember('momentum', buffer);
  return plus(p, given.flag('nesterov') ? plus(g, buffer, momentum) : buffer, -rate);
}

function moments({ g, memory, given }: Update): { readonly m: Data; readonly v: Data } {
  const [first, second] = given.betas;
  return {
    m: memory.remember('m', averaged(memory.recall('m'), g, first)),
    v: memory.remember('v', averaged(memory.recall('v'), tf.square(g), second)),
  };
}

function adam(update: Update): Data {
  const { p, memory, t, given } = update;
  const [first, second] = given.betas;
  const { m, v } = moments(update);
  const peak = given.flag('amsgrad') ? memory.remember('peak', tf.maximum(memory.recall('peak'), v)) : v;
  const size = tf.add(tf.div(tf.sqrt(peak), Math.sqrt(1 - second ** t)), given.number('eps'));
  return plus(p, tf.div(m, size), -given.number('lr') / (1 - first ** t));
}

function rmsprop({ p, g, memory, given }: Update): Data {
  const decay = given.number('alpha');
  const square = memory.remember('square', averaged(memory.recall('square'), tf.square(g), decay));
  let variance = square;
  if (given.flag('centered')) {
    const mean = memory.remember('mean', averaged(memory.recall('mean'), g, decay));
    variance = tf.sub(square, tf.square(mean));
  }
  const scaled = tf.div(g, tf.add(tf.sqrt(variance), given.number('eps')));
  const momentum = given.number('momentum');
  if (momentum === 0) return plus(p, scaled, -given.number('lr'));
  const buffer = memory.remember('momentum', plus(tf.mul(memory.recall('momentum'), momentum), scaled));
  return plus(p, buffer, -given.number('lr'));
}

function adagrad({ p, g, memory, t, given }: Update): Data {
  const rate = given.number('lr') / (1 + (t - 1) * given.number('lr_decay'));
  const start = given.number('initial_accumulator_value');
  const total = memory.remember('sum', tf.add(memory.recall('sum', start), tf.square(g)));
  return plus(p, tf.div(g, tf.add(tf.sqrt(total), given.number('eps'))), -rate);
}

function adadelta({ p, g, memory, given }: Update): Data {
  const [decay, eps] = [given.number('rho'), given.number('eps')];
  const square = memory.remember('square', averaged(memory.recall('square'), tf.square(g), decay));
  const before = memory.recall('change');
  const change = tf.mul(tf.div(tf.sqrt(tf.add(before, eps)), tf.sqrt(tf.add(square, eps))), g);
  memory.remember('change', averaged(before, tf.square(change), decay));
  return plus(p, change, -given.number('lr'));
}

function adamax({ p, g, memory, t, given }: Update): Data {
  const [first, second] = given.betas;
  const m = memory.remember('m', averaged(memory.recall('m'), g, first));
  const size = memory.remember(
    'size',
    tf.maximum(tf.mul(memory.recall('size'), second), tf.add(tf.abs(g), given.number('eps'))),
  );
  return plus(p, tf.div(m, size), -given.number('lr') / (1 - first ** t));
}

function nadam(update: Update): Data {
  const { p, g, memory, t, given } = update;
  const [first, second] = given.betas;
  const momentum = (at: number): number => first * (1 - 0.5 * 0.96 ** (at * given.number('momentum_decay')));
  const [now, next] = [momentum(t), momentum(t + 1)];
  const product = memory.number('product', 1) * now;
  memory.rememberNumber('product', product);
  const { m, v } = moments(update);
  const size = tf.add(tf.sqrt(tf.div(v, 1 - second ** t)), given.number('eps'));
  const rate = given.number('lr');
  const ahead = plus(p, tf.div(g, size), (-rate * (1 - now)) / (1 - product));
  return plus(ahead, tf.div(m, size), (-rate * next) / (1 - product * next));
}

function radam(update: Update): Data {
  const { p, t, given } = update;
  const [first, second] = given.betas;
  const { m, v } = moments(update);
  const correction = 1 - second ** t;
  const longest = 2 / (1 - second) - 1;
  const length = longest - (2 * t * second ** t) / correction;
  const rate = given.number('lr') / (1 - first ** t);
  if (length <= 5) return plus(p, m, -rate);
  const rectified = Math.sqrt(
    ((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length),
  );
  const size = tf.add(tf.sqrt(v), given.number('eps'));
  return plus(p, tf.div(m, size), -rate * rectified * Math.sqrt(correction));
}

const BETAS = [0.9, 0.999] as const;

export const RULES: Readonly<Record<OptimiserName, Rule>> = {
  SGD: { defaults: { lr: 1e-3, momentum: 0, dampening: 0, weight_decay: 0 }, step: sgd },
  Adam: { defaults: { lr: 1e-3, betas: BETAS, eps: 1e-8, weight_decay: 0 }, step: adam },
  AdamW: { defaults: { lr: 1e-3, betas: BETAS, eps: 1e-8, weight_decay: 1e-2 }, decoupled: true, step: adam },
  RMSprop: { defaults: { lr: 1e-2, alpha: 0.99, eps: 1e-8, weight_decay: 0, momentum: 0 }, step: rmsprop },
  Adagrad: {
    defaults: { lr: 1e-2, lr_decay: 0, weight_decay: 0, initial_accumulator_value: 0, eps: 1e-10 },
    step: adagrad,
  },
  Adadelta: { defaults: { lr: 1, rho: 0.9, eps: 1e-6, weight_decay: 0 }, step: adadelta },
  Adamax: { defaults: { lr: 2e-3, betas: BETAS, eps: 1e-8, weight_decay: 0 }, step: adamax },
  NAdam: {
    defaults: { lr: 2e-3, betas: BETAS, eps: 1e-8, weight_decay: 0, momentum_decay: 4e-3 },
    step: nadam,
  },
  RAdam: { defaults: { lr: 1e-3, betas: BETAS, eps: 1e-8, weight_decay: 0 }, step: radam },
};

export function zeros(size: number, value = 0): Data {
  return filled([size], value);
}
