import { difference, literal, product, sum, type Formula } from '@tensormark/network';
import type { LayerScope } from '../layer-scope.js';
import { inLayers, type LayerMisconception } from '../misconception.js';
import {
  bare,
  biasesOf,
  isInputChannels,
  isOutputChannels,
  isQuantity,
  splitBias,
  withoutBias,
  type WithBias,
} from '../patterns.js';

const about = 'bias';

/** Weights with another number of biases in place of one for each output. */
function biases(
  id: string,
  says: string,
  frequency: LayerMisconception['frequency'],
  count: (outputs: Formula, inputs: Inputs) => Formula | undefined,
): LayerMisconception {
  return inLayers(id, says, { about, frequency, on: ['product', 'sum'] }, (formula, layer) => {
    const split = layer.family === 'recurrent' ? undefined : splitBias(formula);
    if (split === undefined) return undefined;
    const instead = count(split.outputs, inputsOf(layer, split));
    return instead && sum(split.weights, instead);
  });
}

/** What one output sees. */
interface Inputs {
  /** Input channels or features; divided by the groups where there are some. */
  readonly each: Formula | undefined;
  readonly all: Formula | undefined;
  readonly kernel: readonly Formula[];
}

function inputsOf(layer: LayerScope, { perOutput }: WithBias): Inputs {
  const { kernel } = layer;
  if (kernel.length === 0) {
    const features = layer.quantity('in_features') ?? (layer.family === 'linear' ? perOutput : undefined);
    return { each: features, all: features, kernel };
  }
  const all = layer.quantity('in_channels');
  const each = layer.find((formula) => formula.kind === 'quotient' && isInputChannels(formula)) ?? all;
  return { each, all, kernel };
}

/** Whether a layer's whole formula counts weights and no bias. */
function isBiasless(formula: Formula, layer: LayerScope): boolean {
  if (layer.calculation !== 'parameters' || layer.has('bias')) return false;
  if (layer.family === 'convolution') {
    const factors = factorsIn(formula);
    return factors.some(isOutputChannels) && factors.some(isInputChannels);
  }
  const factors = formula.kind === 'product' ? formula.factors : [];
  return factors.length === 2 && factors.some((factor) => isQuantity(factor, 'out_features'));
}

/** The factors of a product, those of its steps written out: `64 · (3 · 7 · 7)`. */
function factorsIn(formula: Formula): readonly Formula[] {
  const inside = bare(formula);
  return inside.kind === 'product' ? inside.factors.flatMap(factorsIn) : [formula];
}

export const BIAS: readonly LayerMisconception[] = [
  inLayers('bias-forgotten', 'the bias is left out', { about, frequency: 'common', on: ['sum'] }, (formula) =>
    withoutBias(formula),
  ),
  inLayers(
    'bias-not-there',
    'a bias is counted where there is none',
    { about, frequency: 'common', on: ['layer'] },
    (formula, layer) => {
      const outputs = layer.quantity('out_channels') ?? layer.quantity('out_features');
      return outputs !== undefined && isBiasless(formula, layer) ? sum(formula, outputs) : undefined;
    },
  ),
  biases('bias-once', 'one bias is counted for the whole layer', 'common', () => literal(1)),
  biases(
    'bias-per-input',
    'biases are counted by the inputs instead of the outputs',
    'common',
    (_, { all }) => all,
  ),
  biases(
    'bias-per-input-channel',
    'a bias is counted for each pair of input and output channel',
    'known',
    (outputs, { each, kernel }) => (kernel.length > 0 && each ? product(outputs, each) : undefined),
  ),
  biases(
    'bias-per-kernel-element',
    'a bias is counted for each element of the kernel',
    'known',
    (outputs, { kernel }) => (kernel.length > 0 ? product(outputs, ...kernel) : undefined),
  ),
  biases(
    'bias-per-weight',
    'a bias is counted for each weight',
    'known',
    (outputs, { each, kernel }) => each && product(outputs, each, ...kernel),
  ),
  biases(
    'bias-for-inputs-too',
    'a bias is counted for each input besides each output',
    'known',
    (outputs, { all }) => all && sum(outputs, all),
  ),
  biases('bias-doubled', 'the bias is counted twice', 'known', (outputs) => product(literal(2), outputs)),
  inLayers(
    'bias-subtracted',
    'the bias is subtracted instead of added',
    { about, frequency: 'rare', on: ['sum'] },
    (formula) => {
      const [bias] = biasesOf(formula);
      const rest = withoutBias(formula);
      return bias && rest && difference(rest, bias);
    },
  ),
];
