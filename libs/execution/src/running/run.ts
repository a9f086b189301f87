import type { Data } from '../engine/arrays.js';
import { Random } from '../engine/random.js';
import { sameShape } from '../engine/shape.js';
import { constant, hosted, Value } from '../engine/value.js';
import { draw } from '../initialisation/draw.js';
import type { Unsupported } from '../jobs/report.js';
import { executorOf } from '../operations/table.js';
import { numberOf } from '../plan/numbers.js';
import type { CallStep, ExecutionPlan, PlanResult, PlanStep, PlanTensor } from '../plan/plan.js';
import { NotExecutable, RunningCall, type ABSENT, type Output, type Surroundings } from './call.js';

/** Thrown where a step cannot be executed, with the step. */
export class StepNotExecutable extends Error {
  override readonly name = 'StepNotExecutable';

  constructor(
    readonly step: PlanStep,
    readonly why: string,
  ) {
    super(`${operationOf(step)}: ${why}`);
  }

  get unsupported(): Unsupported {
    const { step, why } = this;
    const path = step.kind === 'call' ? step.path : '';
    return { operation: operationOf(step), why, path, ...(step.place && { place: step.place }) };
  }
}

function operationOf(step: PlanStep): string {
  if (step.kind === 'call') return step.operation;
  return step.kind === 'constant' ? step.name : step.kind;
}

/** Calls of a plan that nothing executes, each kind of call once. */
export function withoutExecutor(plan: ExecutionPlan): readonly Unsupported[] {
  const found = new Map<string, Unsupported>();
  for (const step of plan.steps) {
    if (step.kind !== 'call' || found.has(step.operation) || executorOf(step.operation)) continue;
    found.set(step.operation, new StepNotExecutable(step, 'nothing here executes it').unsupported);
  }
  return [...found.values()];
}

export interface Pass {
  readonly inputs: readonly Value[];
  readonly parameters: readonly Value[];
  readonly buffers: readonly Value[];
  readonly training: boolean;
  readonly random: Random;
  /** Sees every call's outputs as they come. */
  readonly watch?: (step: CallStep, outputs: readonly Value[]) => void;
}

export interface Passed {
  /** The tensors returned, from left to right. */
  readonly outputs: readonly Value[];
  /** What buffers hold after the pass, by index, where it changed. */
  readonly buffers: ReadonlyMap<number, Data>;
}

/**
 * Runs a plan once, forward. Everything made belongs to the scope it is called in.
 * @throws StepNotExecutable
 */
export function runPlan(plan: ExecutionPlan, pass: Pass): Passed {
  return new Run(plan, pass).run();
}

class Run {
  readonly #made: (readonly (Value | null)[])[] = [];
  readonly #buffers = new Map<number, Data>();
  #inputs = 0;

  constructor(
    private readonly plan: ExecutionPlan,
    private readonly pass: Pass,
  ) {}

  run(): Passed {
    for (const step of this.plan.steps) this.#made.push(this.#step(step));
    return { outputs: this.#collect(this.plan.output), buffers: this.#buffers };
  }

  #collect(result: PlanResult): readonly Value[] {
    if (result === null) return [];
    if (isTuple(result)) return result.flatMap((item) => this.#collect(item));
    const value = this.#made[result.step]?.[result.output];
    return value ? [value] : [];
  }

  #step(step: PlanStep): readonly (Value | null)[] {
    switch (step.kind) {
      case 'input': {
        const value = this.pass.inputs[this.#inputs];
        this.#inputs += 1;
        return [value ?? refuse(step, 'no input was given')];
      }
      case 'state':
        return [
          'parameter' in step.of
            ? this.#parameter(step, step.of.parameter)
            : this.#buffer(step, step.of.buffer),
        ];
      case 'constant': {
        const [type] = step.outputs;
        if (type && step.drawn)
          return [
            hosted(
              draw(step.drawn, type.shape, this.pass.random.stream('drawn', step.id)),
              type.shape,
              type.dtype,
            ),
          ];
        if (!type || !step.values) return [null];
        return [hosted(Float32Array.from(step.values, numberOf), type.shape, type.dtype)];
      }
      case 'call':
        return this.#call(step);
    }
  }

  #parameter(step: PlanStep, index: number): Value {
    return this.pass.parameters[index] ?? refuse(step, 'its parameter is missing');
  }

  #buffer(step: PlanStep, index: number): Value {
    const { initial } = this.plan.buffers[index] ?? {};
    if (initial?.kind === 'unknown') refuse(step, 'the elements of a buffer it uses are not known');
    const buffer = this.pass.buffers[index] ?? refuse(step, 'its buffer is missing');
    const changed = this.#buffers.get(index);
    return changed ? constant(changed, buffer.shape, buffer.dtype) : buffer;
  }

  #call(step: CallStep): readonly Value[] {
    const executor = executorOf(step.operation);
    if (!executor) return refuse(step, 'nothing here executes it');
    const surroundings: Surroundings = {
      training: this.pass.training,
      random: this.pass.random.stream('step', step.id),
      tensor: (of) => this.#tensor(step, of),
      parameter: (index) => this.#parameter(step, index),
      buffer: (index) => this.#buffer(step, index),
      updateBuffer: (index, data) => this.#buffers.set(index, data),
    };
    try {
      const outputs = flattened(executor.run(new RunningCall(step, surroundings)));
      const checked = step.outputs.map((type, at) => {
        const value = outputs[at];
        if (!(value instanceof Value)) throw new NotExecutable(`its output ${at} is not computed`);
        if (!sameShape(value.shape, type.shape))
          throw new NotExecutable(
            `it came out as [${value.shape.join(', ')}] where [${type.shape.join(', ')}] was inferred`,
          );
        return value;
      });
      this.pass.watch?.(step, checked);
      return checked;
    } catch (error) {
      if (error instanceof NotExecutable) throw new StepNotExecutable(step, error.message);
      throw error;
    }
  }

  #tensor(step: CallStep, { step: from, output }: PlanTensor): Value {
    const value = this.#made[from]?.[output];
    if (value) return value;
    const source = this.plan.steps[from];
    return refuse(
      step,
      source?.kind === 'constant'
        ? 'the elements of a constant it uses are not known'
        : 'a tensor it uses is not known',
    );
  }
}

function refuse(step: PlanStep, why: string): never {
  throw new StepNotExecutable(step, why);
}

function isTuple(result: PlanResult): result is readonly PlanResult[] {
  return Array.isArray(result);
}

function flattened(output: Output): readonly (Value | typeof ABSENT)[] {
  if (output === null) return [];
  if (isOutputs(output)) return output.flatMap((item) => flattened(item));
  return [output];
}

function isOutputs(output: Output): output is readonly Output[] {
  return Array.isArray(output);
}
