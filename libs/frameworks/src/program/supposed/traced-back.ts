import { tensorType } from '@tensormark/network';
import type { Layer, TensorType } from '@tensormark/network';
import type { ProgramEvent } from '../events.js';
import type { ProgramModule } from '../objects.js';
import { Value } from '../value.js';
import type { CallArguments, Datum } from '../value.js';
import { formsFor, sizeNamed, stateFor } from './forms.js';
import type { Asked } from './made-up.js';
import { EXACT, givenBefore, OF_LIKES, wholeOfPart } from './steps-back.js';
import type { World } from './world.js';

/** Operations that lie between an argument and a layer. */
const MOST_DEPTH = 12;

type Shape = readonly number[];

/** What leads from an argument to a part of it: `batch[0]`, `batch['image']`, `batch.text`. */
export interface Part {
  readonly by: 'index' | 'key' | 'attribute';
  readonly key: number | string;
}

/** What layers take of an argument or of a part of it. */
export interface Wanted {
  readonly path: readonly Part[];
  readonly forms: readonly TensorType[];
  /** Whether nothing was guessed on the way from the layer. */
  readonly isExact: boolean;
}

/** What the layers of a network take of each of its arguments, as far as it is seen in a call of it on things that nobody knows. */
export function wantedOf(
  asked: Asked,
  names: readonly string[],
  world: World,
): readonly (readonly Wanted[])[] {
  const tracer = new Tracer(asked, names, world);
  for (const event of asked.events) if (event.kind === 'module-call') tracer.layer(event);
  return tracer.found.map((each) => [...each.values()]);
}

class Tracer {
  readonly found: readonly Map<string, Wanted>[];

  constructor(
    private readonly asked: Asked,
    private readonly names: readonly string[],
    private readonly world: World,
  ) {
    this.found = names.map(() => new Map());
  }

  layer({ module, args }: ProgramEvent & { readonly kind: 'module-call' }): void {
    const layer = layerBehind(module);
    if (layer === undefined) return;
    const { type, config } = layer;
    const [first, second, third] = args.positional;
    this.#give(first, formsFor(type, config, this.world));
    const [state, cell] = stateFor(type, config, this.world);
    if (state !== undefined) {
      if (Array.isArray(second)) second.forEach((one: Datum) => this.#give(one, [state]));
      else if (second instanceof Value && cell !== undefined)
        for (const [key, each] of [state, cell].entries())
          this.#back(second, [each.shape], each.dtype, [{ by: 'index', key }], true);
      else this.#give(second, [state]);
    }
    if (/^(MultiheadAttention|Transformer|Bilinear)$/.test(type)) {
      this.#give(second, formsFor(type, { ...config, in1_features: config['in2_features'] }, this.world));
      if (type === 'MultiheadAttention') this.#give(third, formsFor(type, config, this.world));
    }
  }

  #give(datum: Datum | undefined, forms: readonly TensorType[]): void {
    const [form] = forms;
    if (form !== undefined)
      this.#back(
        datum,
        forms.map(({ shape }) => shape),
        form.dtype,
        [],
        true,
      );
  }

  #back(
    datum: Datum | undefined,
    shapes: readonly Shape[],
    dtype: TensorType['dtype'],
    path: readonly Part[],
    isExact: boolean,
    depth = 0,
  ): void {
    if (!(datum instanceof Value) || shapes.length === 0 || depth > MOST_DEPTH) return;
    const place = this.names.findIndex((_, at) => this.asked.isGiven(datum, at));
    if (place !== -1) {
      this.#want(place, path, shapes, dtype, isExact);
      return;
    }
    const { made, inputs } = datum;
    const [of] = inputs;
    const on = (shapesOf: readonly Shape[], more: readonly Part[] = [], exact = isExact): void =>
      this.#back(of, shapesOf, dtype, [...more, ...path], exact, depth + 1);
    if (made.kind === 'attribute') {
      if (!/^(data|T)$/.test(made.name)) on(shapes, [{ by: 'attribute', key: made.name }], false);
      else on(this.#before(made.name, { positional: [of ?? null], named: new Map() }, shapes));
      return;
    }
    if (made.kind === 'layer') {
      on(
        this.#before(made.name, { positional: [], named: new Map() }, shapes),
        [],
        this.#exact(made.name, isExact),
      );
      return;
    }
    if (made.kind !== 'operation') return;
    const { name, args } = made;
    const [, key] = args.positional;
    if (/^(cat|concat|concatenate|stack)$/.test(name)) {
      this.#joined(name, args, shapes, dtype, path, depth);
      return;
    }
    if ((name === 'unpacked' || name === 'getitem' || name === 'element') && path.length === 0) {
      const whole = of?.made;
      if (whole?.kind === 'operation' && key !== 1n) {
        const before = shapes.flatMap(
          (shape) => wholeOfPart(whole.name, whole.args, shape, this.world.plan) ?? [],
        );
        if (before.length > 0) {
          this.#back(of?.inputs[0], before, dtype, path, false, depth + 1);
          return;
        }
      }
    }
    const part = this.#partOf(name, key, of, shapes);
    if (part !== undefined) on(shapes, [part], isExact && part.by === 'index');
    else if (OF_LIKES.test(name))
      for (const [at, one] of inputs.entries())
        this.#back(one, shapes, dtype, path, isExact && at === 0, depth + 1);
    else on(this.#before(name, args, shapes), [], this.#exact(name, isExact));
  }

  #exact(name: string, isExact: boolean): boolean {
    return isExact && EXACT.test(name);
  }

  #before(name: string, args: CallArguments, shapes: readonly Shape[]): readonly Shape[] {
    const before = shapes.flatMap((shape) => givenBefore(name, args, shape, this.world.plan));
    return before.filter((shape) => shape.length > 0 && shape.every((size) => size > 0));
  }

  /** Which part of a pair, a list or a dict something is; what is picked out of rows is none. */
  #partOf(
    name: string,
    key: Datum | undefined,
    of: Value | undefined,
    [shape = []]: readonly Shape[],
  ): Part | undefined {
    if (name === 'unpacked' && typeof key === 'bigint') return { by: 'index', key: Number(key) };
    if (name !== 'getitem') return undefined;
    if (typeof key === 'string') return { by: 'key', key };
    if (typeof key !== 'bigint' || key < 0n) return undefined;
    const place = this.names.findIndex((_, at) => of !== undefined && this.asked.isGiven(of, at));
    const isSeveral = shape.length > 3 || SEVERAL.test(this.names[place] ?? '');
    return isSeveral ? { by: 'index', key: Number(key) } : undefined;
  }

  /** Tensors put together: what is not known otherwise of how wide they are is shared out among them. */
  #joined(
    name: string,
    args: CallArguments,
    shapes: readonly Shape[],
    dtype: TensorType['dtype'],
    path: readonly Part[],
    depth: number,
  ): void {
    const [list] = args.positional;
    if (!Array.isArray(list)) return;
    const said = args.named.get('dim') ?? args.named.get('axis') ?? args.positional[1] ?? 0n;
    if (typeof said !== 'bigint') return;
    const taken = shapes.map((shape) => {
      const dim = said < 0n ? shape.length + Number(said) : Number(said);
      return name === 'stack' ? list.map(() => shape.toSpliced(dim, 1)) : this.#shares(list, shape, dim);
    });
    list.forEach((one: Datum, at) =>
      this.#back(
        one,
        taken.flatMap((each) => (each?.[at] === undefined ? [] : [each[at]])),
        dtype,
        path,
        false,
        depth + 1,
      ),
    );
  }

  #shares(list: readonly Datum[], shape: Shape, dim: number): readonly Shape[] | undefined {
    const whole = shape[dim];
    const { length, batch } = this.world.plan;
    if (whole === undefined) return undefined;
    const isWide = dim === shape.length - 1 || (dim === 1 && whole !== length);
    if (!isWide || whole === batch) return list.map(() => shape);
    const known = list.map((one) => this.#widthOf(one, dim));
    const left = whole - known.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    const open = known.filter((each) => each === undefined).length;
    if (open > 0 && left < open) return undefined;
    let [shared, others] = [left, open];
    return known.map((each) => {
      if (each !== undefined) return shape.with(dim, each);
      const part = others === 1 ? shared : Math.floor(shared / others);
      shared -= part;
      others--;
      return shape.with(dim, part);
    });
  }

  /** How wide something is, as far as its own shape, the layer that gave it, or its name say it. */
  #widthOf(datum: Datum, dim: number): number | undefined {
    if (!(datum instanceof Value)) return undefined;
    if (datum.shape !== undefined) return datum.shape[dim];
    let current: Value | undefined = datum;
    for (let depth = 0; current !== undefined && depth < MOST_DEPTH; depth++) {
      const given: Value = current;
      const place = this.names.findIndex((_, at) => this.asked.isGiven(given, at));
      if (place !== -1) {
        const [form] = this.found[place]?.get('')?.forms ?? [];
        return form?.shape.at(-1) ?? sizeNamed(this.names[place] ?? '', this.world);
      }
      const { made, inputs }: Value = given;
      if (made.kind === 'layer') {
        const { layer } = made.module;
        const width = WIDTHS.map((name) => layer?.config[name]).find((each) => typeof each === 'number');
        if (typeof width === 'number') return width;
      }
      [current] = inputs;
    }
    return undefined;
  }

  #want(
    place: number,
    path: readonly Part[],
    shapes: readonly Shape[],
    dtype: TensorType['dtype'],
    isExact: boolean,
  ): void {
    const key = path.map((part) => `${part.by}:${part.key}`).join('/');
    const known = this.found[place]?.get(key);
    const forms = shapes.map((shape) => tensorType(shape, dtype));
    if (known === undefined) {
      this.found[place]?.set(key, { path, forms, isExact });
      return;
    }
    // Of several forms that one layer takes, those that another one takes as well.
    const both = known.forms.filter(({ shape }) => forms.some((form) => form.shape.join() === shape.join()));
    if (both.length > 0 && both.length < known.forms.length)
      this.found[place]?.set(key, { ...known, forms: both });
  }
}

const WIDTHS = ['out_features', 'out_channels', 'embedding_dim', 'hidden_size'];

/** Names of several tensors together, of which one is picked out by number. */
const SEVERAL = /s$|list|pair|tuple|^(batch|data|inputs?|h|hc|state|hidden)$/i;

/** The layer, or of those that are made of such, the first that it is made of. */
function layerBehind(module: ProgramModule): Layer | undefined {
  if (!/^Transformer(En|De)coder$/.test(module.type)) return module.layer;
  return module.modules.find(({ module: { type } }) => /^Transformer(En|De)coderLayer$/.test(type))?.module
    .layer;
}
