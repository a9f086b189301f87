import { describe, expect, it } from '@jest/globals';
import {
  buildLayer,
  countCosts,
  countParameters,
  equationLatex,
  equationText,
  NetworkBuilder,
  tensorType,
  type CallArguments,
  type Layer,
} from '@tensormark/network';

function layer(type: string, args: CallArguments): Layer {
  const built = buildLayer(type, args);
  if (built.error) throw new Error(built.error.message);
  return built.layer;
}

describe('a convolution', () => {
  const conv = layer('Conv2d', { positional: [3n, 64n, 3n], named: { padding: 1n } });

  it('writes its parameters as they are taught', () => {
    expect(equationText(conv.parameterFormula())).toBe('64 · (3·3·3 + 1) = 1,792');
    expect(equationLatex(conv.parameterFormula())).toBe('64 \\cdot (3 \\cdot 3 \\cdot 3 + 1) = 1{,}792');
  });

  it('goes into a graph and is counted', () => {
    const g = new NetworkBuilder();
    const x = g.input(tensorType([1, 3, 224, 224]));
    const { outputs, error } = g.applyLayer(conv, { positional: [x] }, { modulePath: 'features.0' });
    expect(error).toBeUndefined();
    g.output(outputs ?? null);
    const network = g.build();
    expect(network.output).toMatchObject({ shape: [1, 64, 224, 224] });
    expect(countParameters(network)).toEqual({ parameters: 1792n, trainable: 1792n, buffers: 0n });
    expect(countCosts(network)).toBe(86_704_128n);
    expect(network.parameters.map(({ names }) => names)).toEqual([
      ['features.0.weight'],
      ['features.0.bias'],
    ]);
  });
});
