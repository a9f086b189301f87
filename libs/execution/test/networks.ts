import {
  buildLayer,
  NetworkBuilder,
  type Argument,
  type Layer,
  type Network,
  type Tensor,
} from '@tensormark/network';

type Plain = null | boolean | number | string | readonly Plain[];

/** Whole numbers of a test are Python ints. */
export function python(value: Plain): Argument {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  return value.map(python);
}

/** A network written by hand: layers and operations one after the other. */
export class Assembly {
  readonly builder = new NetworkBuilder();

  constructor(readonly training = true) {}

  input(shape: readonly number[], dtype: 'float32' | 'int64' = 'float32'): Tensor {
    return this.builder.input({ shape, dtype });
  }

  /** A layer's first output. */
  layer(
    path: string,
    x: Tensor | readonly Tensor[],
    type: string,
    positional: readonly Plain[] = [],
    options: Readonly<Record<string, Plain>> = {},
  ): Tensor {
    const named = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, python(value)]));
    const built = buildLayer(type, { positional: positional.map(python), named });
    if (built.error) throw new Error(built.error.message);
    const inputs = 'node' in x ? [x] : x;
    return first(
      this.builder.applyLayer(
        built.layer,
        { positional: [...inputs] },
        { modulePath: path, training: this.training, place: { file: 'net.py', line: 1 } },
      ),
    );
  }

  call(name: string, ...positional: readonly Argument[]): Tensor {
    return first(this.builder.apply(name, { positional }, { training: this.training }));
  }

  network(output: Tensor): Network {
    this.builder.output(output);
    return this.builder.build();
  }
}

function first(applied: ReturnType<NetworkBuilder['apply']>): Tensor {
  let result = applied.outputs;
  while (Array.isArray(result)) result = result[0];
  if (!result || !('node' in result)) throw new Error(applied.error?.message ?? 'no tensor came of it');
  return result;
}

export interface Traced {
  readonly batch: number;
  readonly training: boolean;
  readonly inputs?: readonly (readonly number[])[];
}

function layerOf(
  type: string,
  positional: readonly Argument[],
  named: Readonly<Record<string, Argument>>,
): Layer {
  const built = buildLayer(type, { positional, named });
  if (built.error) throw new Error(built.error.message);
  return built.layer;
}

/** One residual block with a projection, as in He et al. (2015), between a stem and a head. */
export function smallResNet({ batch, training }: Traced): Network {
  const net = new Assembly(training);
  const conv = (path: string, x: Tensor, sizes: readonly number[], padding: number, stride = 1): Tensor =>
    net.layer(path, x, 'Conv2d', sizes, { padding, stride, bias: false });
  const norm = (path: string, x: Tensor, channels: number): Tensor =>
    net.layer(path, x, 'BatchNorm2d', [channels]);
  const image = net.input([batch, 3, 12, 12]);
  const x = net.call('relu', norm('bn', conv('stem', image, [3, 8, 3], 1), 8));
  const y = net.call('relu', norm('bn1', conv('conv1', x, [8, 16, 3], 1, 2), 16));
  const deep = norm('bn2', conv('conv2', y, [16, 16, 3], 1), 16);
  const short = norm('bn3', conv('short', x, [8, 16, 1], 0, 2), 16);
  const sum = net.call('relu', net.call('add', deep, short));
  const pooled = net.call('flatten', net.call('adaptive_avg_pool2d', sum, 1n), 1n);
  return net.network(net.layer('fc', pooled, 'Linear', [16, 5]));
}

/** Two encoder layers over embedded tokens with learnt positions, and the mean of them. */
export function textTransformer({ batch, training }: Traced, dropout = 0): Network {
  const net = new Assembly(training);
  const tokens = net.input([batch, 6], 'int64');
  net.builder.tree.addModule({ path: '', type: 'TextTransformer' });
  const parameter = net.builder.tree.addParameter('', 'positions', { shape: [1, 6, 8] });
  const embedded = net.layer('embedding', tokens, 'Embedding', [20, 8]);
  const placed = net.call('add', embedded, net.builder.state({ parameter }));
  const layer = layerOf('TransformerEncoderLayer', [8n, 2n, 16n], {
    dropout,
    activation: 'gelu',
    batch_first: true,
  });
  const encoder = layerOf('TransformerEncoder', [layer, 2n], {});
  const encoded = first(
    net.builder.applyLayer(encoder, { positional: [placed] }, { modulePath: 'encoder', training }),
  );
  return net.network(net.layer('head', net.call('mean', encoded, 1n), 'Linear', [8, 4]));
}

/** Both directions' last states of a stacked LSTM. */
export function lstmClassifier({ batch, training }: Traced): Network {
  const net = new Assembly(training);
  const tokens = net.input([batch, 5], 'int64');
  const embedded = net.layer('embedding', tokens, 'Embedding', [20, 6], { padding_idx: 0 });
  const lstm = layerOf('LSTM', [6n, 5n, 2n], { batch_first: true, bidirectional: true });
  const applied = net.builder.applyLayer(lstm, { positional: [embedded] }, { modulePath: 'lstm', training });
  const [, states] = Array.isArray(applied.outputs) ? applied.outputs : [];
  const [h] = Array.isArray(states) ? states : [];
  if (!h || !('node' in h)) throw new Error('the LSTM gave no state');
  const last = net.call('cat', [net.call('getitem', h, [-2n]), net.call('getitem', h, [-1n])], 1n);
  return net.network(net.layer('head', last, 'Linear', [10, 3]));
}

/** LeCun et al. (1998), as it is usually written today. */
export function leNet({ batch, training }: Traced): Network {
  const net = new Assembly(training);
  let x = net.input([batch, 1, 28, 28]);
  x = net.layer('conv1', x, 'Conv2d', [1, 6, 5], { padding: 2 });
  x = net.layer('pool1', net.layer('relu1', x, 'ReLU'), 'MaxPool2d', [2]);
  x = net.layer('conv2', x, 'Conv2d', [6, 16, 5]);
  x = net.layer('pool2', net.layer('relu2', x, 'ReLU'), 'MaxPool2d', [2]);
  x = net.layer('flatten', x, 'Flatten');
  x = net.layer('relu3', net.layer('fc1', x, 'Linear', [400, 120]), 'ReLU');
  x = net.layer('relu4', net.layer('fc2', x, 'Linear', [120, 84]), 'ReLU');
  return net.network(net.layer('fc3', x, 'Linear', [84, 10]));
}
