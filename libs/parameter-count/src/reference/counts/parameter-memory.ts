import {
  difference,
  DTYPES,
  literal,
  product,
  quantity,
  sum,
  type DType,
  type Formula,
  type Module,
  type Parameter,
} from '@tensormark/network';
import { draft, valueOf, type Draft } from '../draft.js';
import type { Counting } from './count.js';
import { isZero } from './layers/layer-count.js';
import { sharedBelow } from './shared-parameters.js';

/**
 * Bytes of the parameters of a module and all below it: their number times the size of one where they are of one type, part
 * by part where they are not. Undefined where there is no such module.
 */
export function memoryOfParameters(counting: Counting, of: string): Draft | undefined {
  const { modules, parameters } = counting.network;
  const module = modules.get(of);
  const total = counting.draft(of, 'parameters');
  if (module === undefined || total === undefined) return undefined;
  const types = new Set(parameters.filter((each) => isBelow(each, of)).map(({ dtype }) => dtype));
  const [only = 'float32', another] = types;
  if (another === undefined)
    return draft(of, 'parameter-memory', product(valueOf(total, 'num_parameters'), bytesOf(only)));
  if (module.children.length === 0) return draft(of, 'parameter-memory', ofRoles(counting, module));
  return ofParts(counting, module);
}

function isBelow({ names }: Parameter, of: string): boolean {
  return of === '' || names.some((name) => name.startsWith(`${of}.`));
}

function bytesOf(dtype: DType): Formula {
  return quantity('element_size', DTYPES[dtype].bytes);
}

/** A layer whose weights are of one type and whose biases, or statistics, of another. */
function ofRoles(counting: Counting, { path, parameters }: Module): Formula {
  const typeOf = (role: Parameter['role']): DType | undefined =>
    [...parameters.values()]
      .flatMap((id) => counting.network.parameters[id] ?? [])
      .find((each) => each.role === role)?.dtype;
  const weights = typeOf('weight') ?? 'float32';
  const types = { weights, biases: typeOf('bias') ?? weights, statistics: 'float32' } as const;
  const wanted = ['weights', 'biases', ...statisticsOf(counting)] as const;
  return sum(
    ...wanted.flatMap((what) => {
      const part = counting.draft(path, what);
      return part === undefined || isZero(part.formula)
        ? []
        : [product(valueOf(part, 'num_parameters'), bytesOf(types[what]))];
    }),
  );
}

function statisticsOf({ convention }: Counting): readonly 'statistics'[] {
  return convention.statistics === 'counted' ? ['statistics'] : [];
}

function ofParts(counting: Counting, module: Module): Draft {
  const { path, children } = module;
  const below = children.flatMap((child) => counting.draft(child, 'parameter-memory') ?? []);
  const terms = [
    ...registered(counting, module),
    ...below.filter(({ formula }) => !isZero(formula)).map((each) => valueOf(each, 'elements')),
  ];
  const twice = sharedBelow(counting, path, 'parameters').map(({ parameter: { dtype, shape }, more }) =>
    product(
      ...(more === 1 ? [] : [literal(more)]),
      ...shape.map((size) => quantity('elements', size)),
      bytesOf(dtype),
    ),
  );
  if (twice.length > 0) return draft(path, 'parameter-memory', difference(sum(...terms), sum(...twice)));
  return draft(path, 'parameter-memory', sum(...terms), typeByType(counting, module));
}

/** Parameters that a module with children registers itself. */
function registered(counting: Counting, { path, parameters }: Module): readonly Formula[] {
  return [...parameters].flatMap(([name, id]) => {
    const parameter = counting.network.parameters[id];
    if (parameter === undefined) return [];
    const count = counting.draft(path === '' ? name : `${path}.${name}`, 'parameters');
    const sizes = parameter.shape.map((size) => quantity('elements', size));
    const counted = count === undefined ? product(...sizes) : valueOf(count, 'num_parameters');
    return [product(counted, bytesOf(parameter.dtype))];
  });
}

/** `2 · (fc1 + fc2) + 4 · norm`, where each part is of one type. */
function typeByType(counting: Counting, { children, parameters }: Module): readonly Formula[] {
  const counts = new Map<DType, Formula[]>();
  for (const child of children) {
    const types = new Set(
      counting.network.parameters.filter((each) => isBelow(each, child)).map(({ dtype }) => dtype),
    );
    const [only, another] = types;
    const count = counting.draft(child, 'parameters');
    if (only === undefined || count === undefined || isZero(count.formula)) continue;
    if (another !== undefined || parameters.size > 0) return [];
    counts.set(only, [...(counts.get(only) ?? []), valueOf(count, 'num_parameters')]);
  }
  return [sum(...[...counts].map(([dtype, terms]) => product(bytesOf(dtype), sum(...terms))))];
}
