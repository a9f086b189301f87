import {
  buildLayer,
  NetworkBuilder,
  type Applied,
  type Argument,
  type CallSite,
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

export function named(values: Readonly<Record<string, Plain>>): Record<string, Argument> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, python(value)]));
}

export function layerOf(
  type: string,
  positional: readonly Plain[],
  options: Readonly<Record<string, Plain>> = {},
): Layer {
  const built = buildLayer(type, { positional: positional.map(python), named: named(options) });
  if (built.error) throw new Error(`${built.error.type}: ${built.error.message}`);
  return built.layer;
}

/** A network written by hand in a test: layers and operations one after the other. */
export class Assembly {
  readonly builder = new NetworkBuilder();

  input(...shape: readonly number[]): Tensor {
    return this.builder.input({ shape, dtype: 'float32' });
  }

  layer(
    path: string,
    x: Tensor,
    type: string,
    positional: readonly Plain[] = [],
    options: Readonly<Record<string, Plain>> = {},
  ): Tensor {
    const layer = layerOf(type, positional, options);
    return single(this.builder.applyLayer(layer, { positional: [x] }, { modulePath: path }));
  }

  operation(name: string, positional: readonly Argument[], site?: CallSite): Tensor {
    return single(this.builder.apply(name, { positional }, site));
  }

  network(output: Tensor): Network {
    this.builder.output(output);
    return this.builder.build();
  }
}

/** The one tensor that a call gives, or the first of several. */
export function single(applied: Applied): Tensor {
  if (applied.error) throw new Error(`${applied.error.type}: ${applied.error.message}`);
  let result = applied.outputs;
  while (Array.isArray(result)) result = result[0];
  if (!result || !('node' in result)) throw new Error('no tensor came of it');
  return result;
}
