import type { Formula, Quantity, Role } from '@tensormark/network';
import type { Measure } from '../reference/reference.js';
import { familyOfRoles, type LayerFamily } from './layer-family.js';
import { KERNEL_ROLES } from './patterns.js';
import type { Flattened, LayerSurroundings, Surroundings } from './surroundings.js';

/** What formulas are counted as: those of a layer's size and those of its parameters are different calculations. */
export type Calculation = 'parameters' | 'size' | 'work' | 'memory' | 'receptive-field' | 'other';

const CALCULATIONS: Readonly<Record<Measure, Calculation>> = {
  parameters: 'parameters',
  weights: 'parameters',
  biases: 'parameters',
  step: 'other',
  size: 'size',
  units: 'size',
  'multiply-accumulates': 'work',
  flops: 'work',
  bytes: 'memory',
  'receptive-field': 'receptive-field',
  expression: 'other',
};

export function calculationOf(measure: Measure): Calculation {
  return CALCULATIONS[measure];
}

/** The formulas by which one layer's numbers are found, within the formula of what is asked. */
export class LayerScope {
  /** By role, in the order they are written. */
  private readonly quantities = new Map<Role, Quantity>();
  private readonly formulas: Formula[] = [];
  /** What stands around the layer in the network; undefined where that is not known. */
  readonly surroundings: LayerSurroundings | undefined;
  /** Channels of the network's input. */
  readonly inputChannelsOfNetwork: bigint | undefined;
  readonly batch: bigint | undefined;
  private readonly layers: Surroundings['layers'];

  constructor(
    /** Path of the module; '' where a formula names none. */
    readonly module: string,
    readonly calculation: Calculation,
    { layers, inputChannels, batch }: Surroundings,
  ) {
    this.layers = layers;
    this.surroundings = layers.get(module);
    this.inputChannelsOfNetwork = inputChannels;
    this.batch = batch;
  }

  /** Takes in a formula of this layer, children before parents. */
  add(formula: Formula): void {
    this.formulas.push(formula);
    if (formula.kind === 'quantity' && !this.quantities.has(formula.role))
      this.quantities.set(formula.role, formula);
  }

  get family(): LayerFamily {
    return this.surroundings?.family ?? familyOfRoles((role) => this.has(role));
  }

  has(...roles: readonly Role[]): boolean {
    return roles.some((role) => this.quantities.has(role));
  }

  quantity(role: Role): Quantity | undefined {
    return this.quantities.get(role);
  }

  /** What is flattened anywhere in the network to a number of features. */
  flattenedTo(features: bigint): Flattened | undefined {
    for (const { flattened } of this.layers.values()) {
      if (flattened === undefined) continue;
      if (flattened.sides.reduce((size, side) => size * side, flattened.channels) === features)
        return flattened;
    }
    return undefined;
  }

  /** The sides of its kernel. */
  get kernel(): readonly Quantity[] {
    return KERNEL_ROLES.flatMap((role) => this.quantities.get(role) ?? []);
  }

  /** The layer's first formula that passes, children before parents. */
  find(test: (formula: Formula) => boolean): Formula | undefined {
    return this.formulas.find(test);
  }

  /** Sizes along the spatial dimensions, where they are known. */
  get inputSides(): readonly bigint[] {
    return this.surroundings?.inputSides ?? [];
  }

  get outputSides(): readonly bigint[] {
    return this.surroundings?.outputSides ?? [];
  }
}
