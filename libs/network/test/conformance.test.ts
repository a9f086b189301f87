import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  buildLayer,
  elementCount,
  evaluateInteger,
  inferLayer,
  isTensor,
  tensorsOf,
  type Argument,
  type CallArguments,
  type Inference,
  type Layer,
  type Result,
  type TorchError,
} from '@tensormark/network';
import { inNewestWords, newestRepr } from './newest-words.js';

/** What PyTorch 1.13 itself said; see fixtures/generate-layers.py. */
type Encoded =
  null | boolean | number | string | { float: number } | { tensor: number[]; dtype: string } | Encoded[];
type Shapes = null | { s: number[]; d?: string } | Shapes[];
interface Answer {
  readonly init?: [string, string];
  readonly error?: [string, string];
  readonly repr?: string;
  readonly state?: [string, number[], 'p' | 'b'][];
  readonly out?: Shapes;
}
type Case = [
  string,
  Encoded[],
  Record<string, Encoded>,
  Encoded[] | null,
  Record<string, Encoded>,
  boolean,
  Answer,
];

const { cases } = JSON.parse(readFileSync(new URL('./fixtures/layers.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

function decode(value: Encoded): Argument {
  if (typeof value === 'number') return BigInt(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(decode);
  return 'float' in value ? value.float : { shape: value.tensor, dtype: value.dtype as 'float32' };
}

function decodeAll(values: Record<string, Encoded>): Record<string, Argument> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decode(value)]));
}

function encodeShapes(result: Result): Shapes {
  if (result === null) return null;
  if (!isTensor(result)) return result.map(encodeShapes);
  return result.dtype === 'float32' ? { s: [...result.shape] } : { s: [...result.shape], d: result.dtype };
}

/** The state as `state_dict` would list it, own tensors first, then the children's. */
function stateOf(layer: Layer, prefix = ''): [string, number[], 'p' | 'b'][] {
  return [
    ...layer.parameters.map(({ name, shape }): [string, number[], 'p'] => [prefix + name, [...shape], 'p']),
    ...layer.buffers.map(({ name, shape }): [string, number[], 'b'] => [prefix + name, [...shape], 'b']),
    ...layer.children.flatMap((child) => stateOf(child.layer, `${prefix}${child.name}.`)),
  ];
}

function said({ type, message }: TorchError): string {
  return `${type}: ${message}`;
}

interface Outcome {
  readonly built?: Layer;
  readonly error?: TorchError;
  readonly inference?: Inference;
}

function run([type, positional, named, inputs, call, training]: Case): Outcome {
  const { layer, error } = buildLayer(type, { positional: positional.map(decode), named: decodeAll(named) });
  if (error) return { error };
  if (inputs === null) return { built: layer };
  const args: CallArguments = { positional: inputs.map(decode), named: decodeAll(call) };
  const inference = inferLayer(layer, args, { training });
  const built = layer.materialize(args) ?? layer;
  return inference.error ? { built, error: inference.error, inference } : { built, inference };
}

function title([type, positional, named, inputs, call]: Case, index: number): string {
  return `${index} ${type} ${JSON.stringify([positional, named, inputs, call])}`;
}

describe.each([...new Set(cases.map(([type]) => type))])('%s answers as PyTorch does', (type) => {
  const own = cases
    .map((one, index) => [title(one, index), one] as const)
    .filter(([, one]) => one[0] === type);

  it.each(own)('%s', (_, one) => {
    const [, , , , , , answer] = one;
    const { built, error, inference } = run(one);
    const refused = answer.init ?? answer.error;
    const wanted = refused && inNewestWords(refused);
    if (wanted === undefined) expect(error && said(error)).toBeUndefined();
    else if (error?.exact === false) expect(error.type).toBe(wanted.slice(0, wanted.indexOf(':')));
    else expect(error && said(error)).toBe(wanted);
    if (answer.state && built) expect(stateOf(built)).toEqual(answer.state);
    if (answer.repr !== undefined && built) expect(built.extraRepr()).toBe(newestRepr(type, answer.repr));
    if (answer.out !== undefined) expect(encodeShapes(inference?.outputs ?? null)).toEqual(answer.out);
  });

  it('counts by formula what its tensors add up to', () => {
    for (const one of own.map(([, each]) => each)) {
      const { built } = run(one);
      if (!built) continue;
      const total = stateOf(built)
        .filter(([, , kind]) => kind === 'p')
        .reduce((sum, [, shape]) => sum + elementCount(shape), 0n);
      expect(evaluateInteger(built.parameterFormula())).toBe(total);
    }
  });

  it('gives by formula the shape that it infers', () => {
    for (const one of own.map(([, each]) => each)) {
      const [, , , inputs, call, , answer] = one;
      const { built, error } = run(one);
      if (!built || error || inputs === null || answer.out === undefined || built.composite) continue;
      const applied = built.call({ positional: inputs.map(decode), named: decodeAll(call) });
      const [first] = tensorsOf(run(one).inference?.outputs ?? null);
      const formulas = applied.outputShape();
      if (formulas && first)
        expect(formulas.map((formula) => Number(evaluateInteger(formula)))).toEqual(first.shape);
      for (const { count } of applied.costs(first ? [first] : []))
        expect(evaluateInteger(count)).toBeGreaterThanOrEqual(0n);
    }
  });
});
