import { product, quantity, sum, type Formula } from '@tensormark/network';
import type { LayerScope } from '../layer-scope.js';
import { inLayers, type LayerMisconception } from '../misconception.js';
import { bare, isInputChannels, isKernel, isOutputChannels, isQuantity, withFactors } from '../patterns.js';

function hasKernel(layer: LayerScope): boolean {
  return layer.has('kernel_length', 'kernel_height');
}

/** Whether a formula speaks of a convolution's weights: channels alone also stand in shapes. */
function isOfWeights(layer: LayerScope): boolean {
  return (
    hasKernel(layer) &&
    (layer.calculation === 'parameters' || layer.calculation === 'work' || layer.calculation === 'other')
  );
}

export const CHANNELS: readonly LayerMisconception[] = [
  inLayers(
    'input-channels-forgotten',
    'the input channels are left out',
    { about: 'input channels', frequency: 'common', on: ['product'] },
    (formula) => withFactors(formula, isInputChannels),
  ),
  inLayers(
    'output-channels-forgotten',
    'only one filter is counted, not one for each output channel',
    { about: 'output channels', frequency: 'common', on: ['product'] },
    (formula, layer) => {
      if (layer.calculation === 'work')
        return withFactors(
          formula,
          (factor) => isOutputChannels(factor) || (isQuantity(factor, 'channels') && hasKernel(layer)),
        );
      return isOfWeights(layer) ? withFactors(formula, isOutputChannels) : undefined;
    },
  ),
  inLayers(
    'channels-swapped',
    'input and output channels are swapped',
    { about: 'channels', frequency: 'common', on: ['quantity'] },
    (formula, layer) => {
      if (!isOfWeights(layer) && layer.calculation !== 'size') return undefined;
      if (isQuantity(formula, 'in_channels')) return layer.quantity('out_channels');
      if (isQuantity(formula, 'out_channels')) return layer.quantity('in_channels');
      return undefined;
    },
  ),
  inLayers(
    'output-channels-for-input',
    'the output channels are taken for the input channels',
    { about: 'input channels', frequency: 'known', on: ['quantity'] },
    (formula, layer) =>
      isQuantity(formula, 'in_channels') && isOfWeights(layer) ? layer.quantity('out_channels') : undefined,
  ),
  inLayers(
    'input-channels-for-output',
    'the input channels are taken for the output channels',
    { about: 'output channels', frequency: 'known', on: ['quantity'] },
    (formula, layer) =>
      isQuantity(formula, 'out_channels') && isOfWeights(layer) ? layer.quantity('in_channels') : undefined,
  ),
  inLayers(
    'channels-of-the-image',
    "the channels of the network's input are taken for the input channels",
    { about: 'input channels', frequency: 'known', on: ['quantity'] },
    (formula, layer) => {
      const channels = layer.inputChannelsOfNetwork;
      return channels !== undefined && isQuantity(formula, 'in_channels') && isOfWeights(layer)
        ? quantity('in_channels', channels)
        : undefined;
    },
  ),
  inLayers(
    'channels-added',
    'input and output channels are added instead of multiplied',
    { about: 'channels', frequency: 'rare', on: ['product'] },
    (formula) => {
      const [out, ...others] = formula.kind === 'product' ? formula.factors.filter(isOutputChannels) : [];
      const input = inputWithin(formula);
      if (out === undefined || others.length > 0 || input === undefined || formula.kind !== 'product')
        return undefined;
      const rest = formula.factors.filter((factor) => factor !== out && factor !== input);
      return product(sum(input, out), ...rest);
    },
  ),
  inLayers(
    'filters-added',
    'the number of filters is added to the weights of one instead of multiplied by them',
    { about: 'output channels', frequency: 'rare', on: ['product'] },
    (formula, layer) => {
      const out = formula.kind === 'product' ? formula.factors.find(isOutputChannels) : undefined;
      const rest = withFactors(formula, isOutputChannels);
      return isOfWeights(layer) && layer.calculation !== 'work' && out && rest ? sum(out, rest) : undefined;
    },
  ),
  inLayers(
    'features-added',
    'inputs and outputs are added instead of multiplied',
    { about: 'arithmetic', frequency: 'known', on: ['product'] },
    (formula, layer) => {
      if (formula.kind !== 'product' || formula.factors.length !== 2) return undefined;
      return layer.family === 'linear' && formula.factors.some((factor) => isQuantity(factor, 'out_features'))
        ? sum(...formula.factors)
        : undefined;
    },
  ),
];

function inputWithin(formula: Formula): Formula | undefined {
  return formula.kind === 'product' && formula.factors.some((factor) => isKernel(bare(factor)))
    ? formula.factors.find(isInputChannels)
    : undefined;
}
