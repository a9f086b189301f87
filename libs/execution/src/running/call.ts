import type { DType } from '@tensormark/network';
import type { Data } from '../engine/arrays.js';
import type { Random } from '../engine/random.js';
import type { Shape } from '../engine/shape.js';
import { scalar, type Value } from '../engine/value.js';
import type { CallStep, PlanArgument, PlanTensor, PlanType } from '../plan/plan.js';

/** Thrown by an executor for what it does not do; the job then says so and gives no number. */
export class NotExecutable extends Error {
  override readonly name = 'NotExecutable';
}

/** A tensor that a call gives and nothing here computes; using it is not executable. */
export const ABSENT = { absent: true } as const;

export type Output = Value | null | typeof ABSENT | readonly Output[];

/** What surrounds a call while a network runs. */
export interface Surroundings {
  readonly training: boolean;
  /** Of this call alone. */
  readonly random: Random;
  tensor(of: PlanTensor): Value;
  parameter(index: number): Value;
  buffer(index: number): Value;
  /** Says what a buffer holds after this pass. */
  updateBuffer(index: number, data: Data): void;
}

/** One call of a layer or operation, its arguments by PyTorch's names: the layer's own and the call's alike. */
export class RunningCall {
  constructor(
    readonly step: CallStep,
    private readonly surroundings: Surroundings,
  ) {}

  get name(): string {
    return this.step.operation;
  }

  get training(): boolean {
    return this.surroundings.training;
  }

  get random(): Random {
    return this.surroundings.random;
  }

  /** The type that inference gave an output. */
  output(at = 0): PlanType {
    const type = this.step.outputs[at];
    if (!type) throw new RangeError(`${this.name} has no output ${at}`);
    return type;
  }

  get shape(): Shape {
    return this.output().shape;
  }

  get dtype(): DType {
    return this.output().dtype;
  }

  refuse(why: string): never {
    throw new NotExecutable(why);
  }

  raw(name: string): PlanArgument {
    const value = this.step.arguments[name];
    return value !== undefined ? value : (this.step.config[name] ?? null);
  }

  has(name: string): boolean {
    return name in this.step.arguments || name in this.step.config;
  }

  value(name: string): Value {
    return this.optional(name) ?? this.refuse(`it has no ${name}`);
  }

  optional(name: string): Value | null {
    return this.read(this.raw(name), name);
  }

  values(name: string): readonly Value[] {
    const given = this.raw(name);
    const parts = isList(given) ? given : [given];
    return parts.map((part) => this.read(part, name) ?? this.refuse(`${name} holds None`));
  }

  /** A tensor, or a number as one. */
  operand(name: string): Value {
    const given = this.raw(name);
    if (typeof given === 'boolean') return scalar(given ? 1 : 0, 'bool');
    const number = numberIn(given);
    if (number !== undefined) return scalar(number);
    return this.value(name);
  }

  /** A parameter or buffer of the layer, or the argument of that name; null where there is none. */
  state(name: string): Value | null {
    const { parameters, buffers, layer } = this.step;
    const parameter = parameters[name];
    if (parameter !== undefined) return this.surroundings.parameter(parameter);
    const buffer = buffers[name];
    if (buffer !== undefined) return this.surroundings.buffer(buffer);
    return layer && !(name in this.step.arguments) && isNoTensor(this.raw(name)) ? null : this.optional(name);
  }

  parameter(name: string): Value {
    return this.state(name) ?? this.refuse(`it has no parameter ${name}`);
  }

  hasState(name: string): boolean {
    return name in this.step.parameters || name in this.step.buffers;
  }

  /** Says what one of the layer's buffers holds after this pass. */
  updateBuffer(name: string, data: Data): void {
    const index = this.step.buffers[name];
    if (index !== undefined) this.surroundings.updateBuffer(index, data);
  }

  number(name: string): number {
    return numberIn(this.raw(name)) ?? this.refuse(`its ${name} is no number that is known`);
  }

  optionalNumber(name: string): number | null {
    return this.raw(name) === null ? null : this.number(name);
  }

  numbers(name: string): readonly number[] {
    const given = this.raw(name);
    const parts = isList(given) ? given : [given];
    return parts.map((part) => numberIn(part) ?? this.refuse(`its ${name} is not known`));
  }

  optionalNumbers(name: string): readonly number[] | null {
    return this.raw(name) === null ? null : this.numbers(name);
  }

  flag(name: string): boolean {
    return this.raw(name) === true;
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.refuse(`its ${name} is not known`);
  }

  optionalText(name: string): string | null {
    const given = this.raw(name);
    return typeof given === 'string' ? given : null;
  }

  /** A tensor within an argument; null for None. */
  read(given: PlanArgument, name: string): Value | null {
    if (given === null) return null;
    if (typeof given === 'object' && 'tensor' in given) return this.surroundings.tensor(given.tensor);
    return this.refuse(`the elements of its ${name} are not known`);
  }
}

export function isList(given: PlanArgument): given is readonly PlanArgument[] {
  return Array.isArray(given);
}

function isNoTensor(given: PlanArgument): boolean {
  return typeof given !== 'object' || given === null || !('tensor' in given || 'unknown' in given);
}

export function numberIn(given: PlanArgument): number | undefined {
  if (typeof given === 'number') return given;
  if (typeof given === 'boolean') return given ? 1 : 0;
  if (typeof given === 'object' && given !== null && 'number' in given) return Number(given.number);
  return undefined;
}

/** How calls of some names are run. */
export interface Executor {
  readonly names: readonly string[];
  readonly run: (call: RunningCall) => Output;
}

export function executor(names: string | readonly string[], run: (call: RunningCall) => Output): Executor {
  return { names: typeof names === 'string' ? [names] : names, run };
}
