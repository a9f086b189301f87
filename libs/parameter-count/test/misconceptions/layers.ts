import {
  buildLayer,
  isCall,
  parameterFormula,
  part,
  readLayers,
  sum,
  type Argument,
  type Formula,
  type Layer,
  type Network,
} from '@tensormark/network';
import { explain, questionOf, surroundingsOf, type Question } from '../../src/index.js';

/** A layer from its arguments by name; whole numbers are ints, as PyTorch wants them. */
export function layer(type: string, named: Readonly<Record<string, number | boolean>>): Layer {
  const args = Object.entries(named).map(([name, value]): [string, Argument] => [
    name,
    typeof value === 'number' ? BigInt(value) : value,
  ]);
  const built = buildLayer(type, { positional: [], named: Object.fromEntries(args) });
  if (built.layer === undefined) throw new Error(`${type}: ${built.error?.message}`);
  return built.layer;
}

export function parametersOf(type: string, named: Readonly<Record<string, number | boolean>>): Question {
  return questionOf(layer(type, named).parameterFormula());
}

export function network(input: readonly number[], layers: readonly unknown[]): Network {
  const reading = readLayers({ input, layers });
  if (reading.kind === 'refused') throw new Error(reading.message);
  return reading.network;
}

/** The parameters of a network, or of one module of it. */
export function totalOf(of: Network, module = ''): Question {
  return questionOf(parameterFormula(of, undefined, module), { module, surroundings: surroundingsOf(of) });
}

/** Multiply-accumulates of a network, layer by layer. */
export function workOf(of: Network): Question {
  const terms = of.nodes.filter(isCall).flatMap(({ call, outputs, modulePath }) =>
    call
      .costs(outputs)
      .filter(({ kind }) => kind === 'multiply-accumulate')
      .map(({ count }) => part(modulePath, count)),
  );
  return questionOf(sum(...terms), { measure: 'multiply-accumulates', surroundings: surroundingsOf(of) });
}

/** One size of the output of a network's only layer: 1 is its channels, 2 its height. */
export function outputSizeOf(of: Network, dimension: number): Question {
  const formula = of.nodes.find(isCall)?.call.outputShape()?.[dimension];
  if (formula === undefined) throw new Error('no such size');
  return questionOf(formula, { measure: 'size' });
}

export function sizeOf(formula: Formula): Question {
  return questionOf(formula, { measure: 'size' });
}

/** The errors behind a number, each explanation as the ids of its errors joined by "+". */
export function idsFor(question: Question, wrong: bigint | number): string[] {
  return explain(question, { value: { numerator: BigInt(wrong), denominator: 1n } }).map(({ errors }) =>
    errors
      .map(({ misconception }) => misconception)
      .toSorted()
      .join(' + '),
  );
}
