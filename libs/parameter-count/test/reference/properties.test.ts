import { describe, expect, it } from '@jest/globals';
import {
  countCosts,
  countMemory,
  countParameters,
  evaluate,
  FLOPS_OF_PRODUCTS,
  MULTIPLY_ACCUMULATES,
  nodesOf,
  readLayers,
  receptiveFields,
  type Formula,
  type Network,
} from '@tensormark/network';
import fc from 'fast-check';
import {
  expand,
  PYTORCH,
  type Convention,
  type Reference,
  type ReferenceNode,
  type What,
} from '../../src/index.js';
import { exact } from '../../src/exact.js';
import { routeValues } from '../../src/reference/routes.js';
import { isWhat, WHATS } from '../../src/reference/what.js';
import { NetworkCounting } from '../../src/reference/counts/counting.js';
import { knownNames } from '../../src/reference/counts/members.js';
import { nodeOf, reference, whole } from './building.js';

/** A layer of a random network: which bias it has is said apart, so that the same can be had with all or none. */
interface Entry {
  readonly type: string;
  readonly named: Readonly<Record<string, unknown>>;
  readonly bias?: boolean;
}

const few = fc.integer({ min: 1, max: 4 });

const convolution = fc
  .record({
    groups: fc.constantFrom(1, 1, 2),
    width: few,
    kernel_size: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.tuple(few, few)),
    stride: fc.constantFrom(1, 1, 2),
    padding: fc.integer({ min: 0, max: 2 }),
    dilation: fc.constantFrom(1, 1, 2),
    bias: fc.boolean(),
  })
  .map(({ bias, width, ...named }): Entry => ({
    type: 'Conv2d',
    named: { ...named, out_channels: 2 * width },
    bias,
  }));

const others = fc.constantFrom<Entry>(
  { type: 'ReLU', named: {} },
  { type: 'BatchNorm2d', named: {} },
  { type: 'MaxPool2d', named: { kernel_size: 2 } },
  { type: 'MaxPool2d', named: { kernel_size: 3, stride: 2, padding: 1 } },
  { type: 'AvgPool2d', named: { kernel_size: 2, stride: 1 } },
  { type: 'ZeroPad2d', named: { padding: 1 } },
  { type: 'Dropout', named: { p: 0.5 } },
);

const linear = fc
  .record({ out_features: few, bias: fc.boolean() })
  .map(({ out_features, bias }): Entry => ({ type: 'Linear', named: { out_features }, bias }));

const description = fc.record({
  blocks: fc.array(fc.array(fc.oneof(convolution, others), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  }),
  head: fc.array(linear, { minLength: 1, maxLength: 3 }),
  size: fc.integer({ min: 12, max: 24 }),
  residual: fc.boolean(),
});
type Description = (typeof description)['generate'] extends (...args: never[]) => { value: infer T }
  ? T
  : never;

function networkOf(
  { blocks, head, size, residual }: Description,
  bias: 'as-given' | 'with' | 'without' = 'as-given',
  prefix = 'block',
): Network | undefined {
  const entry = ({ type, named, bias: own }: Entry) => ({
    [type]: own === undefined ? named : { ...named, bias: bias === 'as-given' ? own : bias === 'with' },
  });
  const reading = readLayers({
    input: [2, size, size + 1],
    layers: [
      ...blocks.map((layers, at) => ({ name: `${prefix}${at}`, layers: layers.map(entry) })),
      ...(residual
        ? [
            {
              residual: {
                layers: [{ Conv2d: { out_channels: 4, kernel_size: 1 } }],
                shortcut: [{ Conv2d: { out_channels: 4, kernel_size: 3, padding: 1, bias: false } }],
              },
            },
          ]
        : []),
      'Flatten',
      ...head.map(entry),
    ],
  });
  return reading.kind === 'network' ? reading.network : undefined;
}

/** The value of each thing that can be counted under one convention. */
function valuesOf(
  network: Network,
  convention: Partial<Convention> = {},
): (of: string, what: What) => bigint {
  const counting = new NetworkCounting(network, { ...PYTORCH, ...convention });
  return (of, what) => {
    const found = counting.draft(of, what);
    if (found === undefined) throw new Error(`"${of}" has no ${what}`);
    return whole(evaluate(found.formula));
  };
}

/** Everything that can be counted of everything, in one reference. */
function everything(network: Network, convention = PYTORCH): Reference {
  const counting = new NetworkCounting(network, convention);
  const asks = ['', ...knownNames(counting)].flatMap((of) =>
    Object.keys(WHATS)
      .filter(isWhat)
      .filter((what) => counting.draft(of, what) !== undefined)
      .map((what) => [of, what] as const),
  );
  return reference(network, asks, convention);
}

function routesOf(node: ReferenceNode): readonly Formula[] {
  if (node.measure === 'expression') throw new Error('no expression was given');
  return [node.formula, ...node.otherRoutes];
}

function forNetworks(check: (network: Network, given: Description) => void): void {
  fc.assert(
    fc.property(description, (given) => {
      const network = networkOf(given);
      fc.pre(network !== undefined);
      check(network, given);
    }),
    { numRuns: 25 },
  );
}

describe('every node of a random network', () => {
  it('counts parameters as the network does, of every module', () => {
    forNetworks((network) => {
      const value = valuesOf(network);
      const counted = valuesOf(network, { statistics: 'counted' });
      for (const path of network.modules.keys()) {
        const truth = countParameters(network, undefined, path);
        expect(value(path, 'parameters')).toBe(truth.parameters);
        expect(value(path, 'trainable-parameters')).toBe(truth.trainable);
        expect(value(path, 'weights')).toBe(
          countParameters(network, { biases: false, runningStatistics: false, shared: 'once' }, path)
            .parameters,
        );
        expect(counted(path, 'parameters')).toBe(
          countParameters(network, { biases: true, runningStatistics: true, shared: 'once' }, path)
            .parameters,
        );
      }
    });
  });

  it('counts with and without biases as the network built so', () => {
    forNetworks((network, given) => {
      for (const bias of ['with', 'without'] as const) {
        const built = networkOf(given, bias);
        if (built === undefined || given.residual) continue;
        expect(valuesOf(network, { bias })('', 'parameters')).toBe(countParameters(built).parameters);
      }
    });
  });

  it('counts work and memory as the network does', () => {
    forNetworks((network) => {
      const value = valuesOf(network);
      for (const path of network.modules.keys()) {
        expect(value(path, 'multiply-accumulates')).toBe(countCosts(network, MULTIPLY_ACCUMULATES, path));
        expect(value(path, 'flops')).toBe(countCosts(network, FLOPS_OF_PRODUCTS, path));
      }
      expect(value('', 'activation-memory')).toBe(countMemory(network).activations);
      expect(value('', 'parameter-memory')).toBe(countMemory(network).parameters);
    });
  });

  it('has the output shape of its module', () => {
    forNetworks((network) => {
      const layout = new NetworkCounting(network, PYTORCH).layout;
      for (const { of, node } of layout.sites.all) {
        const [, ...sizes] = node.outputs[0]?.shape ?? [];
        const built = reference(network, [[of, 'output-shape']]);
        const nodes = [...built.asked.values()][0]?.nodes ?? [];
        expect(nodes.map((id) => whole(nodeOf(built, id).value))).toEqual(sizes.map(BigInt));
      }
    });
  });

  it('sees as far as the network says', () => {
    forNetworks((network) => {
      const fields = receptiveFields(network);
      const counting = new NetworkCounting(network, PYTORCH);
      const value = valuesOf(network);
      for (const { of, node } of counting.layout.sites.all) {
        const truth = fields.get(node.id);
        if (truth === undefined || truth === 'whole-input') continue;
        const [height, width] = truth;
        expect(value(of, 'receptive-field')).toBe(BigInt(height?.size ?? 0));
        expect(value(of, 'receptive-field-width')).toBe(BigInt(width?.size ?? 0));
        expect(value(of, 'jump')).toBe(BigInt(height?.jump ?? 0));
      }
    });
  });

  it('has the value of its formula and of every other route', () => {
    forNetworks((network) => {
      for (const convention of [PYTORCH, { ...PYTORCH, bias: 'with', statistics: 'counted' } as const]) {
        const off: string[] = [];
        for (const node of everything(network, convention).nodes.values()) {
          for (const route of routesOf(node)) {
            const { numerator, denominator } = evaluate(route);
            if (numerator !== node.value.numerator || denominator !== node.value.denominator)
              off.push(node.id);
          }
        }
        expect(off).toEqual([]);
      }
    });
  });

  it('stands behind those that it rests on', () => {
    forNetworks((network) => {
      const built = everything(network);
      const seen = new Set<string>();
      const early: string[] = [];
      for (const node of built.nodes.values()) {
        for (const route of routesOf(node))
          for (const { node: inner } of nodesOf(route))
            if (inner.kind === 'part' && built.nodes.has(inner.name) && !seen.has(inner.name))
              early.push(node.id);
        seen.add(node.id);
      }
      expect(early).toEqual([]);
    });
  });

  it('is unchanged where what it rests on is right', () => {
    forNetworks((network) => {
      const built = everything(network);
      const values = new Map([...built.nodes].map(([id, { value }]) => [id, value]));
      const off = [...built.nodes.values()].flatMap((node) =>
        routeValues(node, built, values).filter((value) => exact(value).compare(exact(node.value)) !== 0),
      );
      expect(off).toEqual([]);
    });
  });

  it('has a value that no name changes', () => {
    forNetworks((network, given) => {
      const renamed = networkOf(given, 'as-given', 'stage');
      if (renamed === undefined) throw new Error('a name changed the network');
      const all = (built: Reference) => [...built.nodes.values()].map(({ value }) => value);
      expect(all(everything(renamed))).toEqual(all(everything(network)));
    });
  });

  it('comes to the same written out', () => {
    forNetworks((network) => {
      const built = everything(network);
      const total = nodeOf(built, '/parameters');
      if (total.measure === 'expression') throw new Error('a total is no expression');
      // Past some thousands of terms nothing is written out.
      const out = expand(built, total.formula, () => true) ?? total.formula;
      expect(evaluate(out)).toEqual(total.value);
    });
  });
});
