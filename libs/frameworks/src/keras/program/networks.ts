import type { Span } from '@tensormark/python';
import type { Called } from '../../program/events.js';
import { ownClass } from '../../program/called-name.js';
import { isCertainWith } from '../../program/moment.js';
import type { Moment } from '../../program/moment.js';
import type { Program } from '../../program/program.js';
import { argument, entriesOf, Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { afterUnknown } from './after-unknown.js';
import { arrayFacts } from './arrays.js';
import { inputShapeOf, inputTensorShape, layerOf } from './layers.js';
import type { KerasLayer } from './layers.js';
import { exampleOf } from '../../tensorflow/graph-shapes.js';
import { changesIn, inOneRun } from './handed-on.js';
import { keepNetwork } from './made-networks.js';
import { application, kerasCall } from './names.js';
import { afterPretrained, outputOfPretrained } from './pretrained.js';
import { inlined, stepBack } from './steps-back.js';
import { shapeAfter } from './shapes.js';
import type { Example, Refused } from './shapes.js';

/** One step of a network: a layer, a network within it, or something that is not followed. */
export interface Step {
  readonly layer: KerasLayer | undefined;
  readonly network: KerasNetwork | undefined;
  readonly span: Span | undefined;
  /** What one example is when it comes to the layer. */
  readonly given: Example | undefined;
  readonly shape: Example | undefined;
  readonly refused: Refused | undefined;
  /** When a `Sequential` was given it by `add`. */
  readonly added: Called | undefined;
}

/** A network that the program puts together. */
export interface KerasNetwork {
  readonly kind: 'Sequential' | 'Model';
  readonly value: Value;
  readonly span: Span | undefined;
  /** From the input to the output; of a graph that branches, the steps after the last place where branches meet. */
  readonly steps: readonly Step[];
  /** Whether `steps` is all there is. */
  readonly isWhole: boolean;
  /** The shape of one example, as the program says it. */
  readonly input: Example | undefined;
  /** Where it says so by itself, in an `Input`. */
  readonly inputSpan?: Span | undefined;
  /** Where branches are put side by side: each of them, with all that follows; shapes are not known there. */
  readonly paths?: readonly KerasNetwork[];
  /** The shape of what comes out for one example, where branches meet on the way. */
  readonly gives?: Example | undefined;
  /** Of a network with several outputs: what leads to each. */
  readonly outputs?: readonly Output[];
  /** When the program makes it. */
  readonly made?: Moment | undefined;
}

/** One of several outputs, under its name where it has one. */
export interface Output {
  readonly name: string | undefined;
  readonly network: KerasNetwork;
}

/** The networks of a program, by the identity of their value. */
export function networksIn(program: Program): ReadonlyMap<number, KerasNetwork> {
  const building = new Building(program);
  for (const event of program.events)
    if (event.kind === 'call') {
      if (event.result instanceof Value) building.network(event.result, event.moment);
      const [on] = event.args.positional;
      if (event.name === 'add' && on instanceof Value && ownClass(on) !== undefined) building.network(on);
    }
  return building.found;
}

interface Item {
  readonly datum: Datum;
  readonly layer?: KerasLayer | undefined;
  readonly added: Called | undefined;
}

const MOST_PATHS = 16;

/** `model.add(…` */
const ADDS = /^\s*([\w.]+)\.add\(/;

/** The tensors that are put side by side to a tensor: by `concatenate` or a layer `Concatenate`. */
function joinedIn(value: Value): readonly Value[] | undefined {
  const applied = application(value);
  const layer = applied && kerasCall(applied.callee);
  const called = kerasCall(value);
  const given =
    layer?.name === 'Concatenate'
      ? applied?.args.positional[0]
      : called?.name === 'concatenate'
        ? called.args.positional[0]
        : undefined;
  if (!Array.isArray(given) || given.length < 2) return undefined;
  const values = given.filter((one: Datum): one is Value => one instanceof Value);
  return values.length === given.length ? values : undefined;
}

export class Building {
  readonly found = new Map<number, KerasNetwork>();
  readonly #changes: ReadonlyMap<number, readonly Called[]>;
  readonly #seen = new Set<number>();
  /** Lines that Python cannot read, by which a layer was to be added, and to what. */
  readonly #unread: readonly { readonly line: number; readonly to: string }[];

  constructor(program: Program) {
    const lines = program.syntaxErrors.length === 0 ? [] : program.source.split('\n');
    this.#unread = program.syntaxErrors.flatMap(({ span: { line } }) => {
      const to = ADDS.exec(lines[line - 1] ?? '')?.[1];
      return to === undefined ? [] : [{ line, to }];
    });
    this.#changes = changesIn(program);
  }

  network(value: Value, moment?: Moment): KerasNetwork | undefined {
    const known = this.found.get(value.id);
    if (known !== undefined || this.#seen.has(value.id)) return known;
    this.#seen.add(value.id);
    const call = kerasCall(value);
    const made =
      call?.name === 'Sequential'
        ? this.#sequential(value, call.args, moment)
        : call?.name === 'Model'
          ? this.#functional(value, call.args)
          : undefined;
    if (made !== undefined) {
      this.found.set(value.id, moment === undefined ? made : { ...made, made: moment });
      keepNetwork(value, {
        of: (example) => (made.isWhole ? withInput(made, example).steps.at(-1)?.shape : made.gives),
        example: made.isWhole ? made.steps.at(-1)?.shape : made.gives,
        outputs: made.outputs?.map(({ network }) => network.gives),
      });
    }
    return made;
  }

  #sequential(value: Value, args: Called['args'], made: Moment | undefined): KerasNetwork | undefined {
    const given = argument(args, 'layers', 0) ?? [];
    const changes = inOneRun(this.#changes.get(value.id) ?? []);
    // What the program's own class hands to the one that it derives from is not seen.
    let isWhole = Array.isArray(given) && given.length < 64 && ownClass(value) === undefined;
    const items: { readonly datum: Datum; readonly added: Called | undefined }[] = Array.isArray(given)
      ? given.map((datum: Datum) => ({ datum, added: undefined }))
      : [];
    const unread = this.#unread.filter(({ to }) =>
      changes.some(({ moment }) => moment.span?.text.startsWith(`${to}.`) === true),
    );
    isWhole &&= unread.length === 0;
    for (const change of changes) {
      isWhole &&= isCertainWith(change.moment, made);
      while ((unread[0]?.line ?? Infinity) < (change.moment.span?.line ?? 0)) {
        unread.shift();
        items.push({ datum: null, added: undefined });
      }
      if (change.name === 'pop') items.pop();
      else if (change.name !== 'add') {
        // Whatever was handed the network may have added any layers.
        isWhole = false;
        items.push({ datum: null, added: undefined });
      } else
        items.push({
          datum: change.args.positional[1] ?? change.args.named.get('layer') ?? null,
          added: change,
        });
    }
    items.push(...unread.map(() => ({ datum: null, added: undefined })));
    return this.#along('Sequential', value, undefined, items, isWhole);
  }

  /** From the output back to the input, as far as each step comes of one other. */
  #functional(value: Value, args: Called['args']): KerasNetwork | undefined {
    const inputs = argument(args, 'inputs', 0) ?? args.named.get('input');
    const outputs = argument(args, 'outputs', 1) ?? args.named.get('output');
    const named = entriesOf(outputs);
    if (
      outputs === undefined ||
      (!(outputs instanceof Value) && !Array.isArray(outputs) && named === undefined)
    )
      return undefined;
    const only = Array.isArray(outputs) && outputs.length === 1 ? (outputs[0] ?? null) : outputs;
    const isSingle = !Array.isArray(inputs) || inputs.length === 1;
    if (!(only instanceof Value))
      return {
        kind: 'Model',
        value,
        span: value.span,
        steps: [],
        isWhole: false,
        input: undefined,
        outputs: this.#outputs(
          value,
          named ?? (Array.isArray(outputs) ? outputs.map((one: Datum) => [null, one] as const) : []),
          isSingle,
        ),
      };
    const [begin] = Array.isArray(inputs) ? inputs : [inputs];
    const network = withStart(
      this.backFrom(value, only, isSingle, isSingle && application(begin) !== undefined ? begin : undefined),
      inputs,
    );
    const paths = network.isWhole ? [] : this.#paths(only);
    const gives = network.isWhole ? undefined : exampleOf(only);
    return paths.length < 2
      ? { ...network, gives }
      : {
          ...network,
          gives,
          paths: paths.map((items) => this.#along('Model', value, undefined, items, false)),
        };
  }

  /** What leads to an output, by each of the branches that are put side by side before it. */
  #paths(output: Value): readonly (readonly Item[])[] {
    const found: Item[][] = [];
    const follow = (from: Value, after: readonly Item[]): void => {
      const items = [...after];
      let current: Value = from;
      for (let depth = 0; depth < 200 && found.length < MOST_PATHS; depth++) {
        const joined = joinedIn(current);
        if (joined !== undefined) {
          for (const branch of joined) follow(branch, items);
          return;
        }
        const applied = application(current);
        const [next] = applied?.args.positional ?? [];
        if (applied === undefined || !(next instanceof Value)) break;
        items.unshift({ datum: applied.callee, added: undefined });
        current = next;
      }
      found.push(items);
    };
    follow(output, []);
    return found;
  }

  #outputs(
    value: Value,
    given: readonly (readonly [key: Datum, output: Datum])[],
    isSingle: boolean,
  ): readonly Output[] {
    return given.flatMap(([key, output]) => {
      if (!(output instanceof Value)) return [];
      const network = { ...this.backFrom(value, output, isSingle), gives: exampleOf(output) };
      const own = network.steps.at(-1)?.layer?.args.named.get('name');
      return [{ name: typeof key === 'string' ? key : typeof own === 'string' ? own : undefined, network }];
    });
  }

  /** The network whose output is known, step by step back to where it begins: at what it was called on, where it was. */
  backFrom(value: Value, output: Value, isSingle: boolean, begin?: Datum): KerasNetwork {
    const items: Item[] = [];
    let current: Value = output;
    let isWhole = true;
    let calledAt: Span | undefined;
    for (let depth = 0; depth < 500; depth++) {
      if (current === begin) break;
      const within = inlined(current);
      if (within !== undefined) {
        calledAt = current.span;
        current = within;
        continue;
      }
      const step = stepBack(current);
      if (step === undefined) {
        const base = outputOfPretrained(current);
        if (base !== undefined) {
          items.unshift({ datum: base, added: undefined });
          break;
        }
        isWhole = inputTensorShape(current) !== undefined || current.made.kind === 'argument';
        if (!isWhole) items.unshift({ datum: null, added: undefined });
        break;
      }
      // A layer of the program's own is changed where it is used.
      const isOwn = step.layer?.type === 'Dense' && calledAt !== undefined;
      const layer = isOwn && step.layer !== undefined ? { ...step.layer, span: calledAt } : step.layer;
      items.unshift({ datum: step.datum, layer, added: undefined });
      if (!(step.next instanceof Value)) {
        isWhole = false;
        const unknown: Item = { datum: null, added: undefined };
        // A network that is called on several tensors is still what the result comes of.
        if (step.layer === undefined && step.datum instanceof Value) items.unshift(unknown);
        else items[0] = unknown;
        break;
      }
      current = step.next;
    }
    const start =
      inputTensorShape(current) ??
      (current === begin ? (batchOf(current)?.slice(1) ?? exampleOf(current)) : undefined);
    const network = this.#along('Model', value, isWhole ? start : undefined, items, isWhole && isSingle);
    return start === undefined ? network : { ...network, inputSpan: current.span };
  }

  /** What networks side by side give, of Keras before its second version: as many axes as each of them. */
  #joined({ args }: KerasLayer): Example | undefined {
    const parts = argument(args, 'layers', 0);
    const mode = argument(args, 'mode', 1) ?? 'sum';
    const axis = args.named.get('concat_axis') ?? -1n;
    if (!Array.isArray(parts) || parts.length < 2) return undefined;
    const shapes = parts.map((part: Datum) =>
      part instanceof Value ? this.network(part)?.steps.at(-1)?.shape : undefined,
    );
    const [first] = shapes;
    if (first === undefined || shapes.some((shape) => shape?.length !== first.length)) return undefined;
    if (mode !== 'concat') return mode === 'sum' || mode === 'mul' ? first : undefined;
    return axis === -1n ? first.with(-1, undefined) : first.map(() => undefined);
  }

  #along(
    kind: KerasNetwork['kind'],
    value: Value,
    start: Example | undefined,
    items: readonly Item[],
    isWhole: boolean,
  ): KerasNetwork {
    let input = start;
    let inputSpan: Span | undefined;
    let shape = start;
    const steps: Step[] = [];
    for (const [at, { datum, layer: known, added }] of items.entries()) {
      const layer = known ?? layerOf(datum);
      const network = layer === undefined && datum instanceof Value ? this.network(datum) : undefined;
      const tensor = inputTensorShape(datum);
      if (at === 0 && shape === undefined)
        input = shape = tensor ?? (layer && inputShapeOf(layer)) ?? network?.input;
      const joined = at === 0 && layer?.type === 'Merge' ? this.#joined(layer) : undefined;
      if (at === 0 && tensor !== undefined && datum instanceof Value) inputSpan = datum.span;
      if (tensor !== undefined) continue;
      const given: Example | undefined = shape;
      const passed = layer !== undefined && given !== undefined ? shapeAfter(layer, given) : undefined;
      shape =
        passed?.kind === 'shape'
          ? passed.shape
          : network?.isWhole === true
            ? (given === undefined ? network : withInput(network, given)).steps.at(-1)?.shape
            : (joined ?? afterUnknown(layer) ?? afterPretrained(datum));
      steps.push({
        layer,
        network,
        span: layer?.span ?? added?.moment.span ?? (datum instanceof Value ? datum.span : undefined),
        given,
        shape,
        refused: passed?.kind === 'refused' ? passed.why : undefined,
        added,
      });
    }
    return { kind, value, span: value.span, steps, isWhole, input, ...(inputSpan && { inputSpan }) };
  }
}

/** Where branches meet, what a network begins with is still what it is given as its one input. */
function withStart(network: KerasNetwork, inputs: Datum | undefined): KerasNetwork {
  const [only, ...more] = Array.isArray(inputs) ? inputs : [inputs];
  const input = more.length === 0 && network.input === undefined ? inputTensorShape(only) : undefined;
  return input === undefined || !(only instanceof Value)
    ? network
    : { ...network, input, inputSpan: only.span };
}

/** The shape of a batch; undefined for an example that comes alone. */
function batchOf(value: Value): Example | undefined {
  const { shape } = arrayFacts(value);
  return shape !== undefined && shape.length > 1 && shape[0] === undefined ? shape : undefined;
}

/** The same network for examples of a shape, where it says none itself. */
export function withInput(network: KerasNetwork, input: Example): KerasNetwork {
  let shape: Example | undefined = input;
  const steps = network.steps.map((step): Step => {
    const given = shape;
    const passed =
      step.layer !== undefined && given !== undefined ? shapeAfter(step.layer, given) : undefined;
    shape =
      passed?.kind === 'shape'
        ? passed.shape
        : step.layer === undefined
          ? step.shape
          : afterUnknown(step.layer);
    return { ...step, given, shape, refused: passed?.kind === 'refused' ? passed.why : undefined };
  });
  return { ...network, steps };
}
