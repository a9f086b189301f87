import * as tf from '@tensorflow/tfjs-core';
import { isFloatingPoint } from '@tensormark/network';
import type { Data } from '../engine/arrays.js';
import { Random } from '../engine/random.js';
import { scoped } from '../engine/scope.js';
import { gradients, hosted, leaf, standard, type Value } from '../engine/value.js';
import type { Objective } from '../jobs/job.js';
import type { CallStep, ExecutionPlan } from '../plan/plan.js';
import { runPlan } from '../running/run.js';
import type { NetworkState } from '../running/state.js';
import { lossOf, type Batch, type HostTensor } from './objective.js';

export interface PassOptions {
  readonly training: boolean;
  readonly random: Random;
  readonly watch?: (step: CallStep, outputs: readonly Value[]) => readonly Data[];
}

/** What a forward pass leaves on the device, to be read and freed. */
export interface Forward {
  readonly outputs: readonly Data[];
  readonly watched: readonly Data[];
}

function toDevice({ values, shape, dtype }: HostTensor): Value {
  return hosted(values, shape, dtype);
}

/** A forward pass that leaves the state as it was. */
export function forwardPass(
  plan: ExecutionPlan,
  state: NetworkState,
  inputs: readonly HostTensor[],
  { training, random, watch }: PassOptions,
): Forward {
  return scoped(
    () => {
      const watched: Data[] = [];
      const { outputs } = runPlan(plan, {
        inputs: inputs.map(toDevice),
        parameters: state.parameterValues(false),
        buffers: state.bufferValues(),
        training,
        random,
        ...(watch && { watch: (step, values) => watched.push(...watch(step, values)) }),
      });
      return { outputs: outputs.map((output) => standard(output).clone()), watched };
    },
    ({ outputs, watched }) => [...outputs, ...watched],
  );
}

/** What a pass forward and back leaves on the device. */
export interface Backward {
  readonly loss: Data;
  readonly outputs: readonly Data[];
  /** By index of the parameter; none where no path leads to it. */
  readonly gradients: ReadonlyMap<number, Data>;
  readonly buffers: ReadonlyMap<number, Data>;
}

/** The loss on a batch in training mode and its gradients by every trained parameter. */
export function lossPass(
  plan: ExecutionPlan,
  state: NetworkState,
  batch: Batch,
  objective: Objective,
  { training, random }: PassOptions,
): Backward {
  return scoped(
    () => {
      const parameters = state.parameterValues(true);
      const { outputs, buffers } = runPlan(plan, {
        inputs: batch.inputs.map(toDevice),
        parameters,
        buffers: state.bufferValues(),
        training,
        random,
      });
      const target = batch.target && toDevice(batch.target);
      const loss = lossOf(objective, outputs, target, new Random(random.seed));
      const found = gradients(loss, parameters);
      const byIndex = new Map<number, Data>();
      for (const [at, parameter] of parameters.entries()) {
        const gradient = found.get(parameter);
        if (gradient) byIndex.set(at, standard(gradient));
      }
      return {
        loss: loss.data.clone(),
        outputs: outputs.map((output) => standard(output).clone()),
        gradients: byIndex,
        buffers,
      };
    },
    (made) => [made.loss, ...made.outputs, ...made.gradients.values(), ...made.buffers.values()],
  );
}

/** The loss on a batch in training mode alone, without a way back. */
export function lossAlone(
  plan: ExecutionPlan,
  state: NetworkState,
  batch: Batch,
  objective: Objective,
  { training, random }: PassOptions,
): Data {
  return scoped(
    () => {
      const { outputs } = runPlan(plan, {
        inputs: batch.inputs.map(toDevice),
        parameters: state.parameterValues(false),
        buffers: state.bufferValues(),
        training,
        random,
      });
      const target = batch.target && toDevice(batch.target);
      return lossOf(objective, outputs, target, new Random(random.seed)).data.clone();
    },
    (loss) => [loss],
  );
}

/** Gradients of a number made of the outputs by the floating inputs. */
export function inputGradients(
  plan: ExecutionPlan,
  state: NetworkState,
  inputs: readonly HostTensor[],
  number: (outputs: readonly Value[]) => Value,
  { training, random }: PassOptions,
): readonly (Data | undefined)[] {
  return scoped(
    () => {
      const values = inputs.map((input) =>
        isFloatingPoint(input.dtype) ? leaf(tf.tensor1d(input.values), input.shape) : toDevice(input),
      );
      const { outputs } = runPlan(plan, {
        inputs: values,
        parameters: state.parameterValues(false),
        buffers: state.bufferValues(),
        training,
        random,
      });
      const found = gradients(number(outputs), values);
      return values.map((value) => {
        const gradient = found.get(value);
        return gradient && standard(gradient);
      });
    },
    (made) => made.filter((data) => data !== undefined),
  );
}

/** Frees what a pass left. */
export function free(...arrays: readonly (Data | undefined)[]): void {
  for (const data of arrays) data?.dispose();
}

export function freeBackward({ loss, outputs, gradients, buffers }: Backward): void {
  free(loss, ...outputs, ...gradients.values(), ...buffers.values());
}

/** Reads from the device, and frees there. */
export async function take(data: Data): Promise<Float32Array> {
  const values = await data.data<'float32'>();
  data.dispose();
  return values;
}
