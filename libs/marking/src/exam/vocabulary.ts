import { isTensor, LAYERS, pythonRepr, type Argument, type LayerDefinition } from '@tensormark/network';

/** A layer as it may stand in the layers of an exam, for completion in editors. */
export interface LayerWord {
  /** PyTorch's class name. */
  readonly name: string;
  readonly arguments: {
    readonly name: string;
    /** For people: `int or tuple of 2 ints`. */
    readonly expects: string;
    /** As Python would write it; null where the argument must be given, or the incoming tensor tells it. */
    readonly default: string | null;
  }[];
}

/** Where a layer lives and how it is stored is of no account in an exam. */
const OF_NO_ACCOUNT = new Set(['device', 'dtype']);

/** Every layer that a network in an exam may have, by name, with the arguments of its constructor in PyTorch's order. */
export function layerVocabulary(): LayerWord[] {
  const layers: readonly LayerDefinition[] = Object.values(LAYERS);
  return layers
    .map(({ type, signature }) => ({
      name: type,
      arguments: Object.entries(signature)
        .filter(([name, { passing }]) => !OF_NO_ACCOUNT.has(name) && passing !== 'rest-keywords')
        .map(([name, slot]) => ({ name, expects: slot.kind.expects, default: written(slot.default) })),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

function written(value: Argument | undefined): string | null {
  if (value === undefined || isTensor(value)) return null;
  return pythonRepr(value);
}
