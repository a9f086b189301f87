import { describe, expect, it } from '@jest/globals';
import {
  buildLayer,
  elementCount,
  evaluateInteger,
  inferLayer,
  tensorsOf,
  type CallArguments,
  type Inference,
  type Layer,
  type TorchError,
} from '@tensormark/network';
import { inNewestWords, newestRepr } from './newest-words.js';
import {
  decode,
  decodeAll,
  encodeShapes,
  recorded,
  said,
  toCompare,
  type Answer,
  type Encoded,
  type State,
} from './recorded.js';

type Case = readonly [
  type: string,
  positional: Encoded[],
  named: Record<string, Encoded>,
  inputs: Encoded[] | null,
  call: Record<string, Encoded>,
  training: boolean,
  answer: Answer,
];

const cases = recorded('layers') as readonly Case[];

/** The state as `state_dict` would list it, own tensors first, then the children's. */
function stateOf(layer: Layer, prefix = ''): State[] {
  return [
    ...layer.parameters.map(({ name, shape }): State => [prefix + name, [...shape], 'p']),
    ...layer.buffers.map(({ name, shape }): State => [prefix + name, [...shape], 'b']),
    ...layer.children.flatMap((child) => stateOf(child.layer, `${prefix}${child.name}.`)),
  ];
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
    const heard = {
      error: said(error),
      state: built && answer.state && stateOf(built),
      repr: answer.repr === undefined ? undefined : built?.extraRepr(),
      out: answer.out === undefined ? undefined : encodeShapes(inference?.outputs ?? null),
    };
    expect(heard).toEqual({
      error: toCompare(refused && inNewestWords(refused), error),
      state: built && answer.state,
      repr: answer.repr === undefined ? undefined : newestRepr(type, answer.repr),
      out: answer.out,
    });
  });

  it('counts by formula what its tensors add up to', () => {
    const layers = own.flatMap(([, one]) => run(one).built ?? []);
    expect(layers.map((layer) => evaluateInteger(layer.parameterFormula()))).toEqual(
      layers.map(numberOfParameters),
    );
  });

  it('gives by formula the shape that it infers, and costs that are numbers', () => {
    const calls = own.flatMap(([, one]) => {
      const [, , , inputs, call] = one;
      const { built, error, inference } = run(one);
      if (!built || error || !inference || inputs === null || built.composite) return [];
      const [first] = tensorsOf(inference.outputs ?? null);
      return [{ call: built.call({ positional: inputs.map(decode), named: decodeAll(call) }), first }];
    });
    const shaped = calls.flatMap(({ call, first }) => {
      const formulas = call.outputShape();
      return formulas && first ? [{ formulas, first }] : [];
    });
    expect(shaped.map(({ formulas }) => formulas.map((formula) => Number(evaluateInteger(formula))))).toEqual(
      shaped.map(({ first }) => first.shape),
    );
    const counts = calls.flatMap(({ call, first }) =>
      call.costs(first ? [first] : []).map(({ count }) => count),
    );
    expect(counts.filter((count) => evaluateInteger(count) < 0n)).toEqual([]);
  });
});

function numberOfParameters(layer: Layer): bigint {
  return stateOf(layer)
    .filter(([, , kind]) => kind === 'p')
    .reduce((sum, [, shape]) => sum + elementCount(shape), 0n);
}
