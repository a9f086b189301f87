import { GraphBudgetError } from '../graph/budget.js';
import { NetworkBuilder } from '../graph/builder.js';
import { joinPath } from '../graph/module-tree.js';
import type { Network, Tensor } from '../graph/network.js';
import { isLayerType, layerDefinition, LAYERS } from '../layers/table.js';
import type { LayerDefinition } from '../layer.js';
import { Raised } from '../values/errors.js';
import { tensorsOf } from '../values/result.js';
import { constructorArguments } from './arguments.js';
import { DescriptionError, formatPath, type DescriptionPath } from './refusal.js';
import { BlockName, Entries, LayerArguments, NetworkDescription, type Entry } from './schema.js';

export type DescriptionReading =
  | { readonly kind: 'network'; readonly network: Network }
  /** `path` leads to what is wrong; `message` says what it is, in PyTorch's words where PyTorch would raise. */
  | { readonly kind: 'refused'; readonly path: DescriptionPath; readonly message: string };

const DEEPEST = 20;
const BATCH = 1;

/**
 * Reads a network given as layers in order, with PyTorch's names and defaults; what the incoming tensor tells
 * (`in_channels` and the like) may be left out. Layers count as in evaluation mode, with a batch of one.
 */
export function readLayers(description: unknown): DescriptionReading {
  const checked = NetworkDescription.safeParse(description);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const path = (issue?.path ?? []).map((key) => (typeof key === 'number' ? key : String(key)));
    return { kind: 'refused', path, message: `${formatPath(path)}: ${issue?.message ?? 'not a network'}` };
  }
  const { input, layers } = checked.data;
  try {
    const builder = new NetworkBuilder();
    const dtype = firstLayer(layers) === 'Embedding' ? 'int64' : 'float32';
    const x = builder.input({ shape: [BATCH, ...input], dtype }, 'input');
    builder.output(new DescriptionReader(builder).sequence(layers, x, '', ['layers'], 0));
    return { kind: 'network', network: builder.build() };
  } catch (error) {
    if (error instanceof DescriptionError) {
      return { kind: 'refused', path: error.path, message: `${formatPath(error.path)}: ${error.message}` };
    }
    if (error instanceof GraphBudgetError)
      return { kind: 'refused', path: ['layers'], message: error.message };
    throw error;
  }
}

function firstLayer(layers: readonly Entry[]): string | undefined {
  const [first] = layers;
  if (typeof first === 'string' || first === undefined) return first;
  if (Array.isArray(first['layers'])) return firstLayer(first['layers']);
  return Object.keys(first).find(isLayerType);
}

class DescriptionReader {
  constructor(private readonly builder: NetworkBuilder) {}

  /** Entries one after the other; unnamed ones are called by their index, as in `nn.Sequential`. */
  sequence(
    entries: readonly Entry[],
    x: Tensor,
    parent: string,
    path: DescriptionPath,
    depth: number,
  ): Tensor {
    if (depth > DEEPEST) throw new DescriptionError(path, `nested deeper than ${DEEPEST} levels`);
    const used = new Set<string>();
    return entries.reduce(
      (tensor, entry, at) => this.entry(entry, tensor, parent, at, [...path, at], depth, used),
      x,
    );
  }

  private entry(
    entry: Entry,
    x: Tensor,
    parent: string,
    at: number,
    path: DescriptionPath,
    depth: number,
    used: Set<string>,
  ): Tensor {
    const { name, kind, value } = taken(entry, path);
    const own = name ?? String(at);
    if (used.has(own)) throw new DescriptionError(path, `there is another "${own}" beside it`);
    used.add(own);
    const module = joinPath(parent, own);
    switch (kind) {
      case 'layers': {
        this.builder.tree.addModule({ path: module, type: 'Sequential' });
        return this.sequence(
          entriesAt(value, [...path, 'layers']),
          x,
          module,
          [...path, 'layers'],
          depth + 1,
        );
      }
      case 'residual':
        return this.residual(value, x, module, [...path, 'residual'], depth + 1);
      case 'branches':
        return this.branches(value, entry, x, module, path, depth + 1);
      default:
        return this.layer(kind, value, x, module, typeof entry === 'string' ? path : [...path, kind]);
    }
  }

  /** What flows on is a layer's only input; an attention layer attends to it: query, key and value alike. */
  private layer(type: string, written: unknown, x: Tensor, module: string, path: DescriptionPath): Tensor {
    const definition = layerDefinition(type);
    if (definition === undefined)
      throw new DescriptionError(path, `PyTorch has no layer "${type}"${nearest(type)}`);
    const checked = LayerArguments.safeParse(withoutName(written));
    if (!checked.success) throw new DescriptionError(path, `expected arguments of ${type}`);
    const layer = this.build(definition, checked.data, x, path);
    const applied = this.builder.applyLayer(
      layer,
      { positional: type === 'MultiheadAttention' ? [x, x, x] : [x] },
      { modulePath: module, training: false },
    );
    return this.settled(applied, path);
  }

  private build(definition: LayerDefinition, written: LayerArguments, x: Tensor, path: DescriptionPath) {
    try {
      return definition.build(constructorArguments(definition, written, x, path));
    } catch (error) {
      if (error instanceof Raised)
        throw new DescriptionError(path, `${error.error.type}: ${error.error.message}`);
      throw error;
    }
  }

  private residual(value: unknown, x: Tensor, module: string, path: DescriptionPath, depth: number): Tensor {
    if (typeof value !== 'object' || value === null || !('layers' in value)) {
      throw new DescriptionError(path, 'expected layers, and perhaps a shortcut');
    }
    const { layers, ...rest } = value;
    const { shortcut, ...unknown } = 'shortcut' in rest ? rest : { ...rest, shortcut: undefined };
    refuseOthers(unknown, path, 'layers and shortcut');
    this.builder.tree.addModule({ path: module, type: 'Residual' });
    const part = (name: string, entries: unknown): Tensor => {
      const inner = joinPath(module, name);
      this.builder.tree.addModule({ path: inner, type: 'Sequential' });
      return this.sequence(entriesAt(entries, [...path, name]), x, inner, [...path, name], depth);
    };
    const main = part('layers', layers);
    const side = shortcut === undefined ? x : part('shortcut', shortcut);
    return this.settled(
      this.builder.apply('add', { positional: [main, side] }, { modulePath: module }),
      path,
    );
  }

  private branches(
    value: unknown,
    entry: Entry,
    x: Tensor,
    module: string,
    path: DescriptionPath,
    depth: number,
  ): Tensor {
    const join = typeof entry === 'string' ? undefined : (entry['join'] ?? 'cat');
    if (join !== 'cat' && join !== 'add')
      throw new DescriptionError([...path, 'join'], 'expected cat or add');
    if (!Array.isArray(value) || value.length < 2) {
      throw new DescriptionError([...path, 'branches'], 'expected two lists of layers or more');
    }
    this.builder.tree.addModule({ path: module, type: 'Branches' });
    const tensors = value.map((branch: unknown, at) => {
      const inner = joinPath(module, `branch${at}`);
      this.builder.tree.addModule({ path: inner, type: 'Sequential' });
      const place = [...path, 'branches', at];
      return this.sequence(entriesAt(branch, place), x, inner, place, depth);
    });
    const site = { modulePath: module };
    if (join === 'cat')
      return this.settled(this.builder.apply('cat', { positional: [tensors, 1n] }, site), path);
    const [first, ...others] = tensors;
    return others.reduce(
      (sum, tensor) => this.settled(this.builder.apply('add', { positional: [sum, tensor] }, site), path),
      first ?? x,
    );
  }

  /** The tensor that flows on: of several (an LSTM's output and its state) the first. */
  private settled(applied: ReturnType<NetworkBuilder['applyLayer']>, path: DescriptionPath): Tensor {
    if (applied.error !== undefined) {
      throw new DescriptionError(path, `${applied.error.type}: ${applied.error.message}`);
    }
    const { outputs } = applied;
    if (outputs === undefined) throw new DescriptionError(path, 'what comes out depends on values');
    const [tensor] = tensorsOf(outputs);
    if (tensor === undefined) throw new DescriptionError(path, 'gives no tensor');
    return tensor;
  }
}

interface Taken {
  readonly name: string | undefined;
  /** `layers`, `residual`, `branches`, or the name of a layer. */
  readonly kind: string;
  readonly value: unknown;
}

const STRUCTURES = ['layers', 'residual', 'branches'];

function taken(entry: Entry, path: DescriptionPath): Taken {
  if (typeof entry === 'string') return { name: undefined, kind: entry, value: null };
  const kinds = Object.keys(entry).filter((key) => key !== 'name' && key !== 'join');
  const [kind, other] = kinds;
  if (kind === undefined)
    throw new DescriptionError(path, 'expected a layer, such as Conv2d, or a block of layers');
  if (other !== undefined) {
    throw new DescriptionError(
      [...path, other],
      `one entry is one layer; "${other}" needs an entry of its own`,
    );
  }
  if (entry['join'] !== undefined && kind !== 'branches') {
    throw new DescriptionError([...path, 'join'], 'join belongs to branches');
  }
  const value = entry[kind];
  const written = entry['name'] ?? (STRUCTURES.includes(kind) ? undefined : innerName(value));
  if (written === undefined) return { name: undefined, kind, value };
  const name = BlockName.safeParse(written);
  if (!name.success)
    throw new DescriptionError([...path, 'name'], name.error.issues[0]?.message ?? 'not a name');
  return { name: name.data, kind, value };
}

/** `Conv2d: {name: conv, …}`: no layer of PyTorch has an argument of that name. */
function innerName(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
}

function withoutName(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('name' in value)) return value;
  const { name: _name, ...rest } = value;
  return rest;
}

function entriesAt(value: unknown, path: DescriptionPath): readonly Entry[] {
  const entries = Entries.safeParse(value);
  if (entries.success) return entries.data;
  throw new DescriptionError(path, entries.error.issues[0]?.message ?? 'expected a list of layers');
}

function refuseOthers(rest: object, path: DescriptionPath, known: string): void {
  const [other] = Object.keys(rest);
  if (other !== undefined) throw new DescriptionError([...path, other], `expected ${known}, not "${other}"`);
}

/** `Conv2D` for `Conv2d` and the like: the layer that differs in case or in one letter. */
function nearest(type: string): string {
  const lower = type.toLowerCase();
  const found = Object.keys(LAYERS).find(
    (name) => name.toLowerCase() === lower || isOneLetterOff(name, type),
  );
  return found === undefined ? '' : `; did you mean ${found}?`;
}

function isOneLetterOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}
