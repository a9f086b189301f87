import * as tf from '@tensorflow/tfjs-core';
import { as, type Data } from '../engine/arrays.js';
import { tidied } from '../engine/scope.js';
import type { ExecutionPlan } from '../plan/plan.js';
import type { NetworkState } from '../running/state.js';
import { Hyperparameters, RULES, zeros, type Memory } from './rules.js';
import type { OptimiserSettings } from './settings.js';

/** Moves a network's parameters by PyTorch's rules. What it remembers lives on the device until it is freed. */
export class Optimiser {
  readonly #memories = new Map<number, KeptMemory>();
  readonly #given: Hyperparameters;
  readonly #moved: ReadonlySet<number>;
  #t = 0;

  constructor(
    private readonly settings: OptimiserSettings,
    plan: ExecutionPlan,
  ) {
    this.#given = new Hyperparameters(settings.arguments, RULES[settings.type].defaults);
    const given = settings.parameters && new Set(settings.parameters);
    this.#moved = new Set(
      plan.parameters.flatMap(({ names, trainable }, at) =>
        trainable && (!given || names.some((name) => given.has(name))) ? [at] : [],
      ),
    );
  }

  /** One step. Parameters without a gradient stay as they are, as PyTorch skips those whose `grad` is None. */
  step(state: NetworkState, gradients: ReadonlyMap<number, Data>): void {
    this.#t += 1;
    for (const [at, gradient] of gradients) {
      const p = state.parameters[at];
      if (!p || !this.#moved.has(at)) continue;
      const memory = this.#memoryOf(at, p.size);
      state.setParameter(
        at,
        tidied(() => this.#next(p, gradient, memory)),
      );
    }
  }

  #memoryOf(at: number, size: number): KeptMemory {
    const known = this.#memories.get(at);
    if (known) return known;
    const memory = new KeptMemory(size);
    this.#memories.set(at, memory);
    return memory;
  }

  #next(parameter: Data, gradient: Data, memory: Memory): Data {
    const rule = RULES[this.settings.type];
    const given = this.#given;
    const decay = given.number('weight_decay');
    const decoupled = (rule.decoupled ?? false) || given.flag('decoupled_weight_decay');
    const flat = as(parameter, [parameter.size]);
    const own = as(gradient, [parameter.size]);
    const signed = given.flag('maximize') ? tf.neg(own) : own;
    const p = decoupled && decay !== 0 ? tf.mul(flat, 1 - given.number('lr') * decay) : flat;
    const g = !decoupled && decay !== 0 ? tf.add(signed, tf.mul(flat, decay)) : signed;
    return rule.step({ p, g, memory, t: this.#t, given });
  }

  dispose(): void {
    for (const memory of this.#memories.values()) memory.dispose();
    this.#memories.clear();
  }
}

class KeptMemory implements Memory {
  readonly #arrays = new Map<string, Data>();
  readonly #numbers = new Map<string, number>();

  constructor(private readonly size: number) {}

  has(name: string): boolean {
    return this.#arrays.has(name);
  }

  recall(name: string, otherwise = 0): Data {
    return this.#arrays.get(name)?.clone() ?? zeros(this.size, otherwise);
  }

  remember(name: string, data: Data): Data {
    this.#arrays.get(name)?.dispose();
    this.#arrays.set(name, tf.keep(data.clone()));
    return data;
  }

  number(name: string, otherwise: number): number {
    return this.#numbers.get(name) ?? otherwise;
  }

  rememberNumber(name: string, value: number): void {
    this.#numbers.set(name, value);
  }

  dispose(): void {
    for (const data of this.#arrays.values()) data.dispose();
    this.#arrays.clear();
  }
}
