import { isValue, ProgramModule } from '@tensormark/frameworks';
import type { Datum, Moment, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import { makerOf } from './ancestry.js';
import { callsNamed, eventsOf } from './events.js';
import { oncePerProgram } from './once.js';

/** A step that a program takes by itself: `p.data -= rate * p.grad`. */
export interface HandStep {
  /** The parameter, before anything was done to it. */
  readonly parameter: Value;
  /** 1 where the gradient is added, -1 where it is taken off; undefined where a factor's sign is not known. */
  readonly direction: 1 | -1 | undefined;
  readonly moment: Moment;
  readonly at: Span;
}

type Sign = 1 | -1 | 0 | undefined;

/** The steps of a program's own, by how parameters are changed by their gradients. */
export const handSteps = oncePerProgram((program): readonly HandStep[] => {
  if (!program.source.includes('.grad')) return [];
  return [...stepsIn(program)];
});

function* stepsIn(program: Program): Generator<HandStep> {
  for (const { name, args, moment } of callsNamed(program, '__iadd__', '__isub__', 'add_', 'sub_')) {
    const [base, first, second] = args.positional;
    // `p.add_(-rate, p.grad)`, as it once was.
    const [change, factor] = second === undefined ? [first, args.named.get('alpha')] : [second, first];
    const own = name === '__isub__' || name === 'sub_' ? -1 : 1;
    const step = stepOf(program, moment, base, change, times(own, factor));
    if (step !== undefined) yield step;
  }
  for (const { name, of, value, moment } of eventsOf(program, 'tensor-set')) {
    if (name !== 'data' || !isValue(value) || value.made.kind !== 'operation') continue;
    const [base, change] = value.made.args.positional;
    const isSum = value.made.name === 'add';
    if ((!isSum && value.made.name !== 'sub') || !isOf(base, rootOf(of))) continue;
    const step = stepOf(program, moment, base, change, isSum ? 1 : -1);
    if (step !== undefined) yield step;
  }
}

function stepOf(
  { file }: Program,
  moment: Moment,
  base: Datum | undefined,
  change: Datum | undefined,
  own: Sign,
): HandStep | undefined {
  const at = moment.span;
  const parameter = isValue(base) ? rootOf(base) : undefined;
  if (parameter === undefined || at === undefined || at.source.file !== file) return undefined;
  const sign = signOfGradient(change, parameter);
  if (sign === 0) return undefined;
  const direction = own === -1 ? turned(sign) : own === 1 ? sign : undefined;
  return { parameter, direction: direction === 0 ? undefined : direction, moment, at };
}

function times(sign: 1 | -1, factor: Datum | undefined): Sign {
  if (factor === undefined) return sign;
  const number = signOfNumber(factor);
  return number === undefined ? undefined : number === 1 ? sign : turned(sign);
}

function signOfNumber(datum: Datum | undefined): 1 | -1 | undefined {
  if (typeof datum !== 'number' && typeof datum !== 'bigint') return undefined;
  return datum > 0 ? 1 : datum < 0 ? -1 : undefined;
}

/** The parameter that a value is, before `data`, and what earlier steps have made of it. */
function rootOf(value: Value): Value | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; depth < 12 && current !== undefined; depth++) {
    if (current.made.kind === 'parameter') return current;
    if (!/^(data|detach|add|sub)$/.test(makerOf(current))) return undefined;
    [current] = current.inputs;
  }
  return undefined;
}

function isOf(datum: Datum | undefined, root: Value | undefined): boolean {
  if (!isValue(datum) || root === undefined) return false;
  const found = rootOf(datum);
  return found?.made.kind === 'parameter' && root.made.kind === 'parameter' && found.made.id === root.made.id;
}

const KEEPS = /^(data|detach|clone|view|reshape|float|to|clamp|clip)$/;

/** With which sign the gradient of a parameter is in a value; 0 where it is not in it, undefined where nobody knows. */
function signOfGradient(datum: Datum | undefined, root: Value, depth = 0): Sign {
  if (!isValue(datum) || depth > 12) return 0;
  const name = makerOf(datum);
  const [first, second] = datum.made.kind === 'operation' ? datum.made.args.positional : [];
  const of = (one: Datum | undefined): Sign => signOfGradient(one, root, depth + 1);
  if (name === 'grad') return isOf(first, root) ? 1 : 0;
  if (KEEPS.test(name)) return of(first);
  if (name === 'neg') return turned(of(first));
  if (name === 'mul' || name === 'div') {
    const [one, other] = [of(first), of(second)];
    if (one === 0 && other === 0) return 0;
    const factor = signOfNumber(one === 0 ? first : second);
    return factor === undefined ? undefined : factor === 1 ? one || other : turned(one || other);
  }
  if (name === 'add' || name === 'sub') {
    const [one, other] = [of(first), of(second)];
    if (one !== 0 && other !== 0) return undefined;
    return other === 0 ? one : name === 'sub' ? turned(other) : other;
  }
  return datum.inputs.some((input) => of(input) !== 0) ? undefined : 0;
}

function turned(sign: Sign): Sign {
  return sign === 1 ? -1 : sign === -1 ? 1 : sign;
}

/** The modules' own parameters, by id: what else is changed may be a picture. */
export const idsOfModules = oncePerProgram(
  ({ modules }): ReadonlySet<number> =>
    new Set(
      modules.flatMap((one) => (one instanceof ProgramModule ? one.ownParameters.map(({ id }) => id) : [])),
    ),
);
