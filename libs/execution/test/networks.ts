import { buildLayer, NetworkBuilder, type Argument, type Network, type Tensor } from '@tensormark/network';

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
