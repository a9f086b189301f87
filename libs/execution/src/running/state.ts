import * as tf from '@tensorflow/tfjs-core';
import { fromHost, type Data } from '../engine/arrays.js';
import type { Random } from '../engine/random.js';
import { constant, leaf, type Value } from '../engine/value.js';
import { draw } from '../initialisation/draw.js';
import type { ExecutionPlan } from '../plan/plan.js';

/** What a network holds between passes: its parameters and buffers, on the device until they are freed. */
export class NetworkState {
  #parameters: Data[];
  #buffers: Data[];

  private constructor(
    private readonly plan: ExecutionPlan,
    parameters: readonly Data[],
    buffers: readonly Data[],
  ) {
    this.#parameters = parameters.map((data) => tf.keep(data));
    this.#buffers = buffers.map((data) => tf.keep(data));
  }

  /** As the network starts, from a seed; each tensor has a stream of its own, so that others do not move it. */
  static initial(plan: ExecutionPlan, random: Random): NetworkState {
    return new NetworkState(
      plan,
      plan.parameters.map(({ initial, shape, names }, at) =>
        fromHost(draw(initial, shape, random.stream('parameter', names[0] ?? at))),
      ),
      plan.buffers.map(({ initial, shape, names }, at) =>
        fromHost(draw(initial, shape, random.stream('buffer', names[0] ?? at))),
      ),
    );
  }

  /** From elements given, in the order of the plan. */
  static of(
    plan: ExecutionPlan,
    parameters: readonly Float32Array[],
    buffers: readonly Float32Array[],
  ): NetworkState {
    return new NetworkState(plan, parameters.map(fromHost), buffers.map(fromHost));
  }

  copy(): NetworkState {
    return new NetworkState(
      this.plan,
      this.#parameters.map((data) => data.clone()),
      this.#buffers.map((data) => data.clone()),
    );
  }

  get parameters(): readonly Data[] {
    return this.#parameters;
  }

  get buffers(): readonly Data[] {
    return this.#buffers;
  }

  /** The parameters as values; those that are trained as leaves where gradients are wanted. */
  parameterValues(gradients: boolean): readonly Value[] {
    return this.plan.parameters.map(({ shape, dtype, trainable }, at) => {
      const data = this.#at(this.#parameters, at);
      return gradients && trainable ? leaf(data, shape, dtype) : constant(data, shape, dtype);
    });
  }

  bufferValues(): readonly Value[] {
    return this.plan.buffers.map(({ shape, dtype }, at) =>
      constant(this.#at(this.#buffers, at), shape, dtype),
    );
  }

  /** Puts new elements in the place of a parameter's; takes the array over. */
  setParameter(at: number, data: Data): void {
    this.#at(this.#parameters, at).dispose();
    this.#parameters[at] = tf.keep(data);
  }

  setBuffer(at: number, data: Data): void {
    this.#at(this.#buffers, at).dispose();
    this.#buffers[at] = tf.keep(data);
  }

  dispose(): void {
    for (const data of [...this.#parameters, ...this.#buffers]) data.dispose();
    this.#parameters = [];
    this.#buffers = [];
  }

  #at(of: readonly Data[], at: number): Data {
    const data = of[at];
    if (!data) throw new RangeError(`there is no tensor ${at} in the state`);
    return data;
  }
}
