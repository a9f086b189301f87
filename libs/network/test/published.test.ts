import { describe, expect, it } from '@jest/globals';
import {
  countCosts,
  countParameters,
  evaluateInteger,
  parameterFormula,
  tensorsOf,
  type Network,
  type Tensor,
} from '@tensormark/network';
import { Assembly } from './assembled.js';

/** The networks of torchvision, assembled by hand, against the totals that torchvision publishes. */

function convNormRelu(
  net: Assembly,
  x: Tensor,
  [conv, norm]: readonly [string, string],
  [input, output, kernel, stride]: readonly [number, number, number, number],
): Tensor {
  const options = { stride, padding: Math.floor(kernel / 2), bias: false };
  return net.layer(norm, net.layer(conv, x, 'Conv2d', [input, output, kernel], options), 'BatchNorm2d', [
    output,
  ]);
}

function residualBlock(
  net: Assembly,
  x: Tensor,
  path: string,
  width: number,
  out: number,
  stride: number,
): Tensor {
  const input = x.shape[1] ?? 0;
  const part = (index: number): [string, string] => [`${path}.conv${index}`, `${path}.bn${index}`];
  const relu = (tensor: Tensor): Tensor => net.layer(`${path}.relu`, tensor, 'ReLU');
  let y: Tensor;
  if (out === width) {
    y = relu(convNormRelu(net, x, part(1), [input, width, 3, stride]));
    y = convNormRelu(net, y, part(2), [width, width, 3, 1]);
  } else {
    y = relu(convNormRelu(net, x, part(1), [input, width, 1, 1]));
    y = relu(convNormRelu(net, y, part(2), [width, width, 3, stride]));
    y = convNormRelu(net, y, part(3), [width, out, 1, 1]);
  }
  const shortcut =
    stride === 1 && input === out
      ? x
      : convNormRelu(net, x, [`${path}.downsample.0`, `${path}.downsample.1`], [input, out, 1, stride]);
  return relu(net.operation('add', [y, shortcut], { modulePath: path }));
}

function resnet(blocks: readonly number[], expansion: number, batch = 1): Network {
  const net = new Assembly();
  let x = net.input(batch, 3, 224, 224);
  x = net.layer('relu', convNormRelu(net, x, ['conv1', 'bn1'], [3, 64, 7, 2]), 'ReLU');
  x = net.layer('maxpool', x, 'MaxPool2d', [3, 2, 1]);
  for (const [stage, count] of blocks.entries()) {
    const width = 64 * 2 ** stage;
    for (let block = 0; block < count; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      x = residualBlock(net, x, `layer${stage + 1}.${block}`, width, width * expansion, stride);
    }
  }
  x = net.layer('avgpool', x, 'AdaptiveAvgPool2d', [[1, 1]]);
  x = net.operation('flatten', [x, 1n]);
  return net.network(net.layer('fc', x, 'Linear', [512 * expansion, 1000]));
}

function vgg16(): Network {
  const net = new Assembly();
  let x = net.input(1, 3, 224, 224);
  let index = 0;
  for (const width of [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]) {
    if (width === 0) {
      x = net.layer(`features.${index++}`, x, 'MaxPool2d', [2, 2]);
      continue;
    }
    x = net.layer(`features.${index++}`, x, 'Conv2d', [x.shape[1] ?? 0, width, 3], { padding: 1 });
    x = net.layer(`features.${index++}`, x, 'ReLU');
  }
  x = net.layer('avgpool', x, 'AdaptiveAvgPool2d', [[7, 7]]);
  x = net.operation('flatten', [x, 1n]);
  for (const [at, [from, to]] of [
    [25_088, 4096] as const,
    [4096, 4096] as const,
    [4096, 1000] as const,
  ].entries())
    x = net.layer(`classifier.${at * 3}`, x, 'Linear', [from, to]);
  return net.network(x);
}

function vitB16(): Network {
  const net = new Assembly();
  let x = net.input(1, 3, 224, 224);
  x = net.layer('conv_proj', x, 'Conv2d', [3, 768, 16], { stride: 16 });
  x = net.operation('permute', [net.operation('reshape', [x, 1n, 768n, 196n]), 0n, 2n, 1n]);
  const { tree } = net.builder;
  const token = tree.addParameter('', 'class_token', { shape: [1, 1, 768] });
  const positions = tree.addParameter('', 'pos_embedding', { shape: [1, 197, 768] });
  x = net.operation('cat', [[net.builder.state({ parameter: token }), x], 1n]);
  x = net.operation('add', [x, net.builder.state({ parameter: positions })]);
  for (let block = 0; block < 12; block++)
    x = net.layer(`encoder.layers.${block}`, x, 'TransformerEncoderLayer', [768, 12, 3072], {
      activation: 'gelu',
      norm_first: true,
      batch_first: true,
    });
  x = net.layer('encoder.ln', x, 'LayerNorm', [768]);
  x = net.operation('select', [x, 1n, 0n]);
  return net.network(net.layer('heads.head', x, 'Linear', [768, 1000]));
}

const PUBLISHED = [
  ['resnet18', () => resnet([2, 2, 2, 2], 1), 11_689_512n, 9620n, '1.814'],
  ['resnet50', () => resnet([3, 4, 6, 3], 4), 25_557_032n, 53_173n, '4.089'],
  ['vgg16', vgg16, 138_357_544n, 0n, '15.470'],
  ['vit_b_16', vitB16, 86_567_656n, 0n, '17.564'],
] as const;

describe.each(PUBLISHED)('%s', (_, build, parameters, buffers, gmacs) => {
  const network = build();

  it('has the published totals', () => {
    expect(countParameters(network)).toEqual({ parameters, trainable: parameters, buffers });
    expect((Number(countCosts(network)) / 1e9).toFixed(3)).toBe(gmacs);
    expect(tensorsOf(network.output).map(({ shape }) => shape)).toEqual([[1, 1000]]);
  });

  it('has a formula of that value', () => {
    expect(evaluateInteger(parameterFormula(network))).toBe(parameters);
  });

  it('adds up over its modules', () => {
    const own = [...network.modules.values()].map(({ parameters: ids }) =>
      [...ids.values()].reduce(
        (sum, id) => sum + BigInt(network.parameters[id]?.shape.reduce((a, b) => a * b, 1) ?? 0),
        0n,
      ),
    );
    expect(own.reduce((sum, count) => sum + count, 0n)).toBe(parameters);
    const children = network.modules.get('')?.children ?? [];
    const below = children.map((path) => countCosts(network, undefined, path));
    expect(below.reduce((sum, count) => sum + count, 0n)).toBe(countCosts(network));
  });
});
