import { describe, expect, it } from '@jest/globals';
import {
  ALL_FLOPS,
  countCosts,
  countMemory,
  countParameters,
  evaluateInteger,
  FLOPS_OF_PRODUCTS,
  formatSymbolicShape,
  GRAPH_BUDGET,
  GraphBudgetError,
  isCall,
  moduleTotals,
  NetworkBuilder,
  parameterFormula,
  receptiveFields,
  tensorType,
  toText,
  withSymbolicBatch,
  type Network,
} from '@tensormark/network';
import { Assembly, layerOf } from './assembled.js';

function classifier(batch: number): Network {
  const net = new Assembly();
  let x = net.input(batch, 3, 32, 32);
  x = net.layer('conv', x, 'Conv2d', [3, 8, 3], { padding: 1 });
  x = net.layer('norm', x, 'BatchNorm2d', [8]);
  x = net.layer('pool', x, 'MaxPool2d', [2]);
  x = net.operation('flatten', [x, 1n]);
  return net.network(net.layer('fc', x, 'Linear', [2048, 10]));
}

describe('what a call is given', () => {
  it.each([
    ['view', [2n, 512n]],
    ['reshape', [2n, 512n]],
    ['flatten', [1n]],
  ] as const)('%s-is-given-its-tensor', (name, args) => {
    const net = new Assembly();
    const x = net.operation(name, [net.input(1, 4, 16, 16), ...args]);
    const node = net.network(x).nodes.find(isCall);
    expect(node?.inputs.map(({ shape }) => shape)).toEqual([[1, 4, 16, 16]]);
  });
});

describe('counting', () => {
  const network = classifier(1);

  it('leaves out what the convention leaves out', () => {
    const all = { biases: true, runningStatistics: false, shared: 'once' } as const;
    expect(countParameters(network, all).parameters).toBe(224n + 16n + 20_490n);
    expect(countParameters(network, { ...all, biases: false }).parameters).toBe(216n + 8n + 20_480n);
    expect(countParameters(network, { ...all, runningStatistics: true }).parameters).toBe(
      224n + 32n + 20_490n,
    );
    expect(countParameters(network, all, 'norm')).toEqual({ parameters: 16n, trainable: 16n, buffers: 17n });
  });

  it.each([
    { biases: true, runningStatistics: false, shared: 'once' },
    { biases: false, runningStatistics: false, shared: 'once' },
    { biases: true, runningStatistics: true, shared: 'once' },
    { biases: false, runningStatistics: true, shared: 'each-time' },
  ] as const)('has a formula for %j', (convention) => {
    expect(evaluateInteger(parameterFormula(network, convention))).toBe(
      countParameters(network, convention).parameters,
    );
  });

  it('says of every module at once what is counted for each path', () => {
    const assembly = new Assembly();
    const x = assembly.layer('body.0', assembly.input(1, 3, 8, 8), 'Conv2d', [3, 4, 3]);
    const y = assembly.layer('body.1', x, 'BatchNorm2d', [4]);
    const net = assembly.network(
      assembly.layer('head', assembly.operation('flatten', [y, 1n]), 'Linear', [144, 2]),
    );
    for (const [path, { parameters, trainable, work }] of moduleTotals(net)) {
      expect({ path, parameters, trainable }).toEqual({
        path,
        ...(({ parameters, trainable }) => ({ parameters, trainable }))(
          countParameters(net, undefined, path),
        ),
      });
      expect(work).toBe(countCosts(net, undefined, path));
    }
    const totals = moduleTotals(net);
    expect(totals.get('')?.own).toBe(0n);
    expect(totals.get('body.0')?.own).toBe(112n);
    expect(totals.get('body')?.outputs?.map(({ shape }) => shape)).toEqual([[1, 4, 6, 6]]);
  });

  it('writes the formula over the modules', () => {
    expect(toText(parameterFormula(network))).toBe('8·(3·3·3 + 1) + 2·8 + 10·(2,048 + 1)');
  });

  it('counts work as the convention says', () => {
    const products = 8n * 32n * 32n * 27n + 20_480n;
    expect(countCosts(network)).toBe(products);
    expect(countCosts(network, FLOPS_OF_PRODUCTS)).toBe(2n * products);
    const others = 8192n + 10n + 2n * 8192n + 2048n * 4n;
    expect(countCosts(network, ALL_FLOPS)).toBe(2n * products + others);
    expect(countCosts(network, undefined, 'fc')).toBe(20_480n);
  });

  it('knows how much memory is needed', () => {
    expect(countMemory(network)).toEqual({
      activations: 4n * (8192n + 8192n + 2048n + 2048n + 10n),
      parameters: 4n * (224n + 16n + 20_490n),
      buffers: 4n * 16n + 8n,
      inputs: 4n * 3072n,
    });
  });
});

describe('parameters', () => {
  it('that are tied count once', () => {
    const builder = new NetworkBuilder();
    const { tree } = builder;
    tree.addModule({ path: 'embed', type: 'Embedding', layer: layerOf('Embedding', [100, 16]) });
    tree.addModule({ path: 'head', type: 'Linear', layer: layerOf('Linear', [16, 100], { bias: false }) });
    const weight = tree.modules.get('embed')?.parameters.get('weight') ?? -1;
    tree.shareParameter('head', 'weight', weight);
    const network = builder.build();
    expect(countParameters(network).parameters).toBe(1600n);
    expect(
      countParameters(network, { biases: true, runningStatistics: false, shared: 'each-time' }).parameters,
    ).toBe(3200n);
    expect(countParameters(network, undefined, 'head').parameters).toBe(1600n);
    expect(network.parameters[weight]?.names).toEqual(['embed.weight', 'head.weight']);
    expect(evaluateInteger(parameterFormula(network))).toBe(1600n);
  });

  it('that are frozen are not trainable', () => {
    const builder = new NetworkBuilder();
    builder.tree.addModule({ path: 'fc', type: 'Linear', layer: layerOf('Linear', [4, 3]) });
    builder.tree.setTrainable(0, false);
    expect(countParameters(builder.build())).toEqual({ parameters: 15n, trainable: 3n, buffers: 0n });
  });

  it('of a lazy layer come with its first call', () => {
    const net = new Assembly();
    const x = net.layer('fc', net.input(2, 7), 'LazyLinear', [4]);
    const network = net.network(x);
    expect(countParameters(network).parameters).toBe(32n);
    expect(network.modules.get('fc')?.layer?.type).toBe('Linear');
  });
});

describe('a layer made of layers', () => {
  const net = new Assembly();
  const network = net.network(
    net.layer('encoder', net.input(5, 2, 12), 'TransformerEncoderLayer', [12, 3, 8], { dropout: 0 }),
  );

  it('is traced through its parts', () => {
    expect(
      network.nodes.filter(isCall).map(({ operation, modulePath }) => `${modulePath} ${operation}`),
    ).toEqual([
      'encoder.self_attn MultiheadAttention',
      'encoder.dropout1 Dropout',
      'encoder add',
      'encoder.norm1 LayerNorm',
      'encoder.linear1 Linear',
      'encoder relu',
      'encoder.dropout Dropout',
      'encoder.linear2 Linear',
      'encoder.dropout2 Dropout',
      'encoder add',
      'encoder.norm2 LayerNorm',
    ]);
  });

  it('counts by part', () => {
    expect(countParameters(network, undefined, 'encoder.self_attn').parameters).toBe(4n * 12n * 13n);
    expect(countCosts(network, undefined, 'encoder.linear1')).toBe(10n * 12n * 8n);
  });
});

describe('an error on the way', () => {
  it('is kept at its node and the trace goes on', () => {
    const builder = new NetworkBuilder();
    const x = builder.input(tensorType([1, 3, 8, 8]));
    const place = { file: 'net.py', line: 7 };
    const applied = builder.applyLayer(
      layerOf('Conv2d', [4, 6, 3]),
      { positional: [x] },
      { modulePath: 'conv', place },
    );
    expect(applied.error?.message).toMatch(/to have 4 channels, but got 3 channels/);
    expect(applied.outputs).toMatchObject({ shape: [1, 6, 6, 6] });
    const [, node] = builder.build().nodes;
    expect(node).toMatchObject({ kind: 'call', place, error: { type: 'RuntimeError' } });
  });

  it('leaves no node where nothing can be said', () => {
    const builder = new NetworkBuilder();
    const x = builder.input(tensorType([8]));
    const applied = builder.applyLayer(layerOf('Conv2d', [4, 6, 3]), { positional: [x] });
    expect(applied.outputs).toBeUndefined();
    expect(builder.build().nodes).toHaveLength(1);
  });
});

describe('the batch left open', () => {
  it('prints as N', () => {
    const merged = withSymbolicBatch(
      { network: classifier(2), batch: 2 },
      { network: classifier(3), batch: 3 },
    );
    const shapes = merged.network.nodes.map(({ id }) => {
      const [shape] = merged.shapesOf(id);
      return shape && formatSymbolicShape(shape);
    });
    expect(shapes).toEqual([
      '[N, 3, 32, 32]',
      '[N, 8, 32, 32]',
      '[N, 8, 32, 32]',
      '[N, 8, 16, 16]',
      '[N, 2048]',
      '[N, 10]',
    ]);
  });

  it('prints multiples and sums of N', () => {
    const build = (batch: number): Network => {
      const net = new Assembly();
      const x = net.input(batch, 4);
      return net.network(
        net.operation('cat', [[net.operation('reshape', [x, -1n, 2n]), net.input(1, 2)], 0n]),
      );
    };
    const merged = withSymbolicBatch({ network: build(2), batch: 2 }, { network: build(5), batch: 5 });
    const [shape] = merged.shapesOf(3);
    expect(shape && formatSymbolicShape(shape)).toBe('[2N + 1, 2]');
  });

  it('refuses two different networks', () => {
    const other = new Assembly();
    const network = other.network(other.input(3, 1));
    expect(() => withSymbolicBatch({ network: classifier(2), batch: 2 }, { network, batch: 3 })).toThrow(
      'steps with a batch of',
    );
  });
});

describe('receptive fields', () => {
  it('of AlexNet and VGG16 are the published ones', () => {
    const alexnet = features([
      ['Conv2d', [3, 64, 11], { stride: 4, padding: 2 }],
      ['MaxPool2d', [3, 2], {}],
      ['Conv2d', [64, 192, 5], { padding: 2 }],
      ['MaxPool2d', [3, 2], {}],
      ['Conv2d', [192, 384, 3], { padding: 1 }],
      ['Conv2d', [384, 256, 3], { padding: 1 }],
      ['Conv2d', [256, 256, 3], { padding: 1 }],
      ['MaxPool2d', [3, 2], {}],
    ]);
    expect(alexnet).toMatchObject([
      { size: 195, jump: 32 },
      { size: 195, jump: 32 },
    ]);
    const widths = [3, 64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0];
    let last = 3;
    const vgg = widths.slice(1).map((width): Step => {
      if (width === 0) return ['MaxPool2d', [2, 2], {}];
      const from = last;
      last = width;
      return ['Conv2d', [from, width, 3], { padding: 1 }];
    });
    expect(features(vgg)).toMatchObject([
      { size: 212, jump: 32 },
      { size: 212, jump: 32 },
    ]);
  });

  it('take the widest path and know where the first place looks', () => {
    const net = new Assembly();
    const x = net.input(1, 4, 16);
    const wide = net.layer('wide', x, 'Conv1d', [4, 4, 5], { padding: 2, dilation: 1 });
    const narrow = net.layer('narrow', x, 'Conv1d', [4, 4, 1]);
    const network = net.network(net.operation('add', [wide, narrow]));
    expect(receptiveFields(network).get(3)).toEqual([{ size: 5, jump: 1, start: 0 }]);
  });

  it('are the whole input after flattening', () => {
    const network = classifier(1);
    expect(receptiveFields(network).get(5)).toBe('whole-input');
  });
});

type Step = readonly [string, readonly number[], Readonly<Record<string, number>>];

function features(steps: readonly Step[]) {
  const net = new Assembly();
  let x = net.input(1, 3, 224, 224);
  for (const [index, [type, positional, options]] of steps.entries())
    x = net.layer(`features.${index}`, x, type, positional, options);
  return receptiveFields(net.network(x)).get(x.node);
}

describe('budgets', () => {
  it('end a graph that grows past use', () => {
    const builder = new NetworkBuilder({ ...GRAPH_BUDGET, nodes: 3, modules: 10 });
    const x = builder.input(tensorType([1]));
    builder.apply('relu', { positional: [x] });
    builder.apply('relu', { positional: [x] });
    expect(() => builder.apply('relu', { positional: [x] })).toThrow(GraphBudgetError);
  });

  it.each([
    ['LSTM', [4, 4], { num_layers: 1_000_000_000 }],
    ['Transformer', [8, 2, 100_000_000], {}],
  ] as const)('refuse %s of absurd depth at once', (type, positional, options) => {
    expect(() => layerOf(type, positional, options)).toThrow(/layers are more than/);
  });
});
