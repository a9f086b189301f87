import { argument, foreignCall, isValue, ProgramModule, Value } from '@tensormark/frameworks';
import type { CallArguments, Called, Datum, Program } from '@tensormark/frameworks';
import { makerOf } from './ancestry.js';
import { callsNamed, callsOfUnknown } from './events.js';
import { oncePerProgram } from './once.js';
import { callsOf } from './tree.js';

/** Where something is: moved to the program's device, or where it was made, on the CPU. */
export type Whereabouts = 'moved' | 'home';

/** What is known of a program's devices. */
export interface Devices {
  ofValue(value: Value): Whereabouts | undefined;
  ofModule(module: ProgramModule, at: number): Whereabouts | undefined;
}

const MOVES = new Set(['to', 'cuda', 'cpu', 'mps', 'xpu']);
/** Made by one of these without a device, a tensor is on the CPU. */
const CREATIONS: ReadonlySet<string> = new Set([
  'zeros',
  'ones',
  'empty',
  'full',
  'rand',
  'randn',
  'randint',
  'randperm',
  'arange',
  'linspace',
  'eye',
  'normal',
  'from_numpy',
  'FloatTensor',
  'LongTensor',
]);
const LIKE: ReadonlySet<string> = new Set([
  ...['zeros', 'ones', 'rand', 'randn', 'empty', 'full', 'randint'].map((name) => `${name}_like`),
  ...['zeros', 'ones', 'tensor', 'full', 'empty'].map((name) => `new_${name}`),
  'clone',
  'detach',
]);
/** What comes of these is no tensor, or one that may be anywhere. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'numpy',
  'item',
  'tolist',
  'type_as',
  'call',
  'tensor',
  'as_tensor',
  'size',
  'shape',
  'len',
  'numel',
  'dim',
]);

/**
 * The devices of a program that has one besides the CPU; undefined where it has none, or leaves to others (accelerators,
 * default devices) what is where, or where some move was not met in the run.
 */
export function devicesOf(program: Program): Devices | undefined {
  if (!/cuda|mps|xpu/.test(program.source)) return undefined;
  if (
    /set_default_(device|tensor_type)|\baccelerat|[Ll]ightning|with\s+torch\.device|DataParallel|\bhorovod\b|deepspeed|prefetch|is_cuda|get_device/i.test(
      program.source,
    )
  )
    return undefined;
  if (program.cutShort || !areAllMovesMet(program)) return undefined;
  const moves = callsNamed(program, ...MOVES);
  const isPerhaps = new Set(
    moves.filter(({ moment }) => moment.arm !== undefined).map(({ moment }) => moment.span?.start),
  );
  const movesOf = byModule(moves, 'receiver');
  const handedOver = byModule(callsOfUnknown(program), 'argument');
  const buffers = buffersOf(program);
  // Of a batch of which one part is moved here, the others come from where that came from.
  const apart = new Set(
    moves.flatMap(({ args: { positional }, moment }) => {
      const element = moment.arm === undefined ? elementOf(positional[0]) : undefined;
      return element === undefined ? [] : [element.id];
    }),
  );
  const values = new Map<number, Whereabouts | undefined>();
  const taken = new Map<Called, Whereabouts | undefined>();
  /** Where a call takes what it is called on. */
  const takenTo = (call: Called): Whereabouts | undefined => {
    if (!taken.has(call)) taken.set(call, isHomeward(call) ? 'home' : movedBy(call));
    return taken.get(call);
  };
  const ofModule = (module: ProgramModule, at: number): Whereabouts | undefined => {
    const own = movesOf.get(module) ?? [];
    if (own.some(({ moment }) => moment.arm !== undefined)) return undefined;
    const last = own.findLast(({ moment }) => moment.at < at);
    if (last !== undefined) return takenTo(last);
    if (own.length > 0 || handedOver.has(module)) return undefined;
    // One that others were put into is where they are.
    const parts = module.children.filter(([, child]) => child.hasParameters);
    // A copy is where what it was copied from is.
    if (module.made === undefined && parts.length === 0) return undefined;
    const [first, ...more] = parts.map(([, child]) => ofModule(child, at));
    if (parts.length === 0 || first === 'home')
      return more.every((one) => one === 'home') ? 'home' : undefined;
    return first === 'moved' && module.ownParameters.length === 0 && more.every((one) => one === 'moved')
      ? 'moved'
      : undefined;
  };
  const ofValue = (value: Value, depth = 0): Whereabouts | undefined => {
    if (values.has(value.id) || depth > 200) return values.get(value.id);
    values.set(value.id, undefined);
    const found = find(value, depth);
    values.set(value.id, found);
    return found;
  };
  /** Where all of them are, if that is one place. */
  const together = (all: readonly Value[], depth: number): Whereabouts | undefined => {
    let where: Whereabouts | undefined;
    for (const value of all) {
      const one = ofValue(value, depth);
      if (one === undefined || (where !== undefined && one !== where)) return undefined;
      where = one;
    }
    return where;
  };
  const ofFirst = (input: Value | undefined, depth: number): Whereabouts | undefined =>
    input === undefined ? undefined : ofValue(input, depth + 1);
  const find = (value: Value, depth: number): Whereabouts | undefined => {
    // A buffer is moved with the module that it is registered on.
    if (buffers.has(value.id)) return undefined;
    const { made, inputs } = value;
    const [input] = inputs;
    switch (made.kind) {
      case 'fresh':
        if (made.by === undefined || !CREATIONS.has(made.by)) return undefined;
        return made.args?.named.has('device') === true ? undefined : 'home';
      case 'batch':
        if (made.loader.named.has('collate_fn') || made.loader.named.has('pin_memory_device'))
          return undefined;
        if (inputs.length > 0) return together(inputs, depth + 1);
        return foreignCall(made.loader.dataset)?.name.startsWith('torchvision.') === true
          ? 'home'
          : undefined;
      case 'layer':
      case 'module':
        // What has no weights, as a loss, is nowhere by itself.
        return (
          ofFirst(input, depth) ?? (made.module.hasParameters ? ofModule(made.module, Infinity) : undefined)
        );
      case 'operation': {
        const element = elementOf(value);
        if (element !== undefined) return apart.has(element.id) ? 'home' : undefined;
        if (MOVES.has(made.name) && isPerhaps.has(value.span?.start)) return undefined;
        if (MOVES.has(made.name))
          return movement(made.name, made.args, value.span?.text, () => ofFirst(input, depth));
        if (made.args.named.has('device')) return undefined;
        if (CREATIONS.has(made.name))
          return isValue(made.args.positional[0]) && /from_numpy|Tensor/.test(made.name)
            ? 'home'
            : sizedBy(value);
        if (LIKE.has(made.name)) return ofFirst(input, depth);
        if (made.name === 'call' && isNetworkHanded(input))
          return together(inputs.slice(1), depth + 1) === 'moved' ? 'moved' : undefined;
        if (ELSEWHERE.has(made.name)) return undefined;
        return together(inputs, depth + 1);
      }
      case 'attribute':
        return /^(data|[TH]|mT|real)$/.test(made.name) ? ofFirst(input, depth) : undefined;
      default:
        return undefined;
    }
  };
  return { ofValue, ofModule };
}

/** The batch of a loader that is not known, of which something is one part. */
function elementOf(datum: Datum | undefined): Value | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation') return undefined;
  const [from] = datum.inputs;
  return /^(unpacked|getitem)$/.test(datum.made.name) && from !== undefined && makerOf(from) === 'element'
    ? from
    : undefined;
}

/** A network that a function is handed, moved or not: it gives its result where its input is, or gives an error. */
function isNetworkHanded(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (MOVES.has(makerOf(value))) return isNetworkHanded(value.inputs[0]);
  return (
    value.made.kind === 'argument' && /model|net(?:work)?$|classifier|encoder|decoder/i.test(value.made.name)
  );
}

/** A creation that is told its size alone by tensors. */
function sizedBy({ made }: Value): Whereabouts | undefined {
  if (made.kind !== 'operation') return undefined;
  return made.name === 'normal' ? undefined : 'home';
}

function isHomeward(call: Called): boolean {
  return call.name === 'cpu' || isLiteralCpu(call.name, call.moment.span?.text);
}

function movedBy(call: Called): Whereabouts | undefined {
  if (call.name !== 'to') return 'moved';
  const [, where = call.args.named.get('device')] = call.args.positional;
  return isDevice(where) && namesDevice(call.moment.span?.text) ? 'moved' : undefined;
}

/** Whether what is written in `.to(…)` is a device of the program, not the type or device of another tensor. */
function namesDevice(text: string | undefined): boolean {
  const given = /\.to\(([^()]*)/.exec(text ?? '')?.[1] ?? '';
  if (/\bdtype\b/.test(given)) return false;
  const of = /(\w+)\.device\b/.exec(given)?.[1];
  if (of !== undefined && !/^(self|args?|cfg|config|opts?|params|hparams|conf|options|FLAGS|torch)$/.test(of))
    return false;
  return /dev|cuda|gpu|mps/i.test(given);
}

/** `.to('cpu')`, written out; `.to(device)` may come to the same when there is nothing else. */
function isLiteralCpu(name: string, text: string | undefined): boolean {
  return name === 'to' && /\.to\(\s*(device\s*=\s*)?['"]cpu['"][^()]*\)$/.test(text ?? '');
}

function isDevice(datum: Datum | undefined): boolean {
  if (typeof datum === 'string') return !datum.startsWith('torch.');
  return isValue(datum) && datum.shape === undefined && datum.made.kind !== 'batch';
}

function movement(
  name: string,
  { positional, named }: CallArguments,
  text: string | undefined,
  before: () => Whereabouts | undefined,
): Whereabouts | undefined {
  if (name === 'cpu' || isLiteralCpu(name, text)) return 'home';
  if (name !== 'to') return 'moved';
  const where = named.get('device') ?? positional[1];
  if (typeof where === 'string' && where.startsWith('torch.')) return before();
  if (where === undefined) return before();
  return isDevice(where) && namesDevice(text) ? 'moved' : undefined;
}

/** The calls by every module that they are made of, or are given, or that is below one such. */
function byModule(
  calls: readonly Called[],
  as: 'receiver' | 'argument',
): ReadonlyMap<ProgramModule, readonly Called[]> {
  const found = new Map<ProgramModule, Called[]>();
  const take = (datum: Datum | undefined, call: Called): void => {
    if (!(datum instanceof ProgramModule)) return;
    // It is the first of those at and below it.
    for (const { module } of datum.modules) {
      const known = found.get(module);
      if (known === undefined) found.set(module, [call]);
      else if (known.at(-1) !== call) known.push(call);
    }
  };
  for (const call of calls) {
    const { positional, named } = call.args;
    if (as === 'receiver') {
      take(positional[0], call);
      continue;
    }
    for (let place = 1; place < positional.length; place++) take(positional[place], call);
    if (named.size > 0) for (const datum of named.values()) take(datum, call);
  }
  return found;
}

/** What was registered as a buffer, by the numbers of the values. */
function buffersOf(program: Program): ReadonlySet<number> {
  const buffers = new Set<number>();
  for (const { args } of callsNamed(program, 'register_buffer')) {
    for (const datum of [...args.positional, ...args.named.values()])
      if (isValue(datum)) buffers.add(datum.id);
  }
  return buffers;
}

/** Whether every `.to(…)` and `.cuda()` that is written was met in the run. */
const areAllMovesMet = oncePerProgram((program): boolean => {
  const ends = new Set(callsNamed(program, ...MOVES).map(({ moment }) => moment.span?.end));
  return callsOf(program).every(
    ({ callee, span }) => callee.kind !== 'Attribute' || !MOVES.has(callee.attribute) || ends.has(span.end),
  );
});

/** The device that a call names, if it names one. */
export function deviceIn(args: Called['args']): Datum | undefined {
  return argument(args, 'device');
}
