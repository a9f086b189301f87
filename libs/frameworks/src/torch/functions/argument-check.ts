import { PyClass, PyList, PyTuple, PyUnknown, typeOf } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import type { Home, OperationDefinition } from '@tensormark/network';
import { report } from '../../trace/reading.js';
import { asGivenToday } from '../old-arguments.js';
import { renamed } from '../operations.js';
import { PARSED } from '../names/parsed.js';
import { DTypeObject } from '../objects/dtype.js';
import { TensorObject } from '../tensor/tensor.js';

/** How PyTorch's parser names what this room's table names otherwise. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  dropout: { training: 'train' },
  view: { shape: 'size' },
};

/** Arguments that functions of torch must be given where those of torch.nn.functional have a default. */
const DEMANDED: Readonly<Record<string, string>> = { softmax: 'dim', log_softmax: 'dim', dropout: 'train' };

/** Functions that go by another name where PyTorch's parser speaks of them. */
const CALLED: Readonly<Record<string, string>> = { logsigmoid: 'log_sigmoid' };

/** Functions written in Python that ask their input for a method first. */
const ASKING: Readonly<Partial<Record<Home, Readonly<Record<string, string>>>>> = {
  functional: {
    sigmoid: 'sigmoid',
    tanh: 'tanh',
    softsign: 'abs',
    tanhshrink: 'tanh',
    dropout1d: 'dim',
    dropout2d: 'dim',
    dropout3d: 'dim',
  },
};

/** Functions written in Python that hand their input on to a parsed function of the same name. */
const HANDING_ON = new Set(
  'relu relu6 silu mish leaky_relu elu celu selu hardswish hardsigmoid rrelu dropout alpha_dropout feature_alpha_dropout layer_norm'.split(
    ' ',
  ),
);

function nameOfType(value: PyValue): string {
  if (value instanceof TensorObject) return value.cls.name === 'Parameter' ? 'Parameter' : 'Tensor';
  if (value instanceof DTypeObject) return 'torch.dtype';
  const { name } = typeOf(value);
  return name === 'Size' ? 'torch.Size' : name;
}

interface Slot {
  readonly name: string;
  readonly expects: string;
  readonly isRequired: boolean;
  readonly passing: string;
}

function slotsOf({ signature, name }: OperationDefinition, home: Home): Slot[] {
  return Object.entries(signature).map(([slot, { kind, passing, default: value }]) => ({
    name: PARAMETERS[name]?.[slot] ?? slot,
    expects: kind.expects,
    isRequired:
      (value === undefined && passing !== 'rest-keywords') ||
      (home !== 'functional' &&
        (DEMANDED[name] === slot || (DEMANDED[name] === 'train' && slot === 'training'))),
    passing,
  }));
}

/**
 * Refuses a call's arguments in the words of PyTorch's own parser, where that is what takes them; false where they were
 * refused and reading goes on.
 */
export function accepts(
  rt: Runtime,
  home: Home,
  called: string,
  definition: OperationDefinition,
  args: readonly PyValue[],
  written: Keywords | undefined,
): boolean {
  const [input] = args;
  const keywords = renamed(definition, written);
  const asked = ASKING[home]?.[called];
  if (asked !== undefined && args.length > 0 && isNoTensor(input ?? null)) {
    const message = `'${typeOf(input ?? null).name}' object has no attribute '${asked}'`;
    report(rt, { type: 'AttributeError', message, exact: true });
    return false;
  }
  // `torch.where(condition)` alone is a function of its own.
  if (called === 'where' && args.length === 1 && !keywords?.size) return true;
  if (asGivenToday(definition.name, args, keywords)[0] !== args) return true;
  const slots = slotsOf(definition, home);
  const name = CALLED[called] ?? called;
  if (home === 'torch' && keywords?.has('inplace') === true && PARSED.torch.one.has(called)) {
    const message = `${name}() got an unexpected keyword argument 'inplace'`;
    report(rt, { type: 'TypeError', message, exact: true });
    return false;
  }
  if (home === 'functional' && HANDING_ON.has(called))
    return args.length === 0 || isOfKind(rt, name, slots.slice(0, 1), args.slice(0, 1), new Map(), 0);
  if (PARSED[home].several.has(called)) return suitsSeveral(rt, name, slots, args, keywords, home);
  if (!PARSED[home].one.has(called)) return true;
  const given = new Set(keywords?.keys());
  const missing = slots.filter(
    ({ name: slot, isRequired, passing }, at) =>
      isRequired && passing !== 'keyword-only' && at >= args.length && !given.has(slot),
  );
  if (missing.length > 0 && args.length < slots.length) {
    const listed = missing.map((slot) => `"${slot.name}"`).join(', ');
    const noun = missing.length === 1 ? 'arguments' : 'argument';
    const message = `${name}() missing ${missing.length} required positional ${noun}: ${listed}`;
    report(rt, { type: 'TypeError', message, exact: true });
    return false;
  }
  return isOfKind(rt, name, slots, args, keywords ?? new Map(), home === 'Tensor' ? 1 : 0);
}

function isNoTensor(value: PyValue): boolean {
  return !(value instanceof TensorObject || value instanceof PyUnknown);
}

function isOfKind(
  rt: Runtime,
  called: string,
  slots: readonly Slot[],
  args: readonly PyValue[],
  keywords: ReadonlyMap<string, PyValue>,
  own: number,
): boolean {
  const refused = (message: string): false => {
    report(rt, { type: 'TypeError', message: `${called}()${message}`, exact: true });
    return false;
  };
  for (const [at, { name, expects, passing }] of slots.entries()) {
    const isNamed = at >= args.length;
    const value = isNamed ? keywords.get(name) : args[at];
    if (value === undefined) continue;
    const where = isNamed ? '' : ` (position ${at + 1 - own})`;
    if (passing === 'rest' && expects.endsWith('tuple of ints')) {
      const said = sizesRefused(name, where, args, at, own === 1, value);
      if (said !== undefined) return refused(said);
      continue;
    }
    const wanted = wantedOf(expects, value);
    if (wanted !== undefined)
      return refused(`: argument '${name}'${where} must be ${wanted}, not ${nameOfType(value)}`);
  }
  return true;
}

/** `*sizes` of a method are given one by one or in a list; a function of torch takes the list alone. */
function sizesRefused(
  name: string,
  where: string,
  args: readonly PyValue[],
  at: number,
  isMethod: boolean,
  first: PyValue,
): string | undefined {
  if (!isMethod && args.length > at + 1)
    return ` takes ${at + 1} positional arguments but ${args.length} were given`;
  const isListed = first instanceof PyList || first instanceof PyTuple;
  const must = `: argument '${name}'`;
  if (!isListed && (!isMethod || isNoInteger(first)))
    return `${must}${where} must be tuple of ints, not ${nameOfType(first)}`;
  const items = isListed ? first.items : args.slice(at);
  const bad = items.findIndex(isNoInteger);
  return bad < 0
    ? undefined
    : `${must} must be tuple of ints, but found element of type ${nameOfType(items[bad] ?? null)} at pos ${bad + 1}`;
}

/** What PyTorch's parser takes for no integer; numbers of NumPy and tensors it does. */
function isNoInteger(value: PyValue): boolean {
  return (
    value === null ||
    typeof value === 'number' ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    value instanceof PyList ||
    value instanceof PyTuple
  );
}

function isNoSequence(value: PyValue): boolean {
  return value === null || typeof value !== 'object';
}

function isNoBoolean(value: PyValue): boolean {
  return isNoInteger(value) ? typeof value !== 'boolean' : typeof value === 'bigint';
}

/** What should have come in a value's place; undefined where it will do, or where that is not for this to say. */
function wantedOf(expects: string, value: PyValue): string | undefined {
  switch (expects) {
    case 'Tensor':
      return isNoTensor(value) ? 'Tensor' : undefined;
    case 'tuple of Tensors':
      return value instanceof TensorObject ? expects : undefined;
    case 'int':
      return isNoInteger(value) ? 'int' : undefined;
    case 'int, or None':
      return value !== null && isNoInteger(value) ? 'int' : undefined;
    case 'tuple of ints':
      return typeof value === 'bigint' || isNoSequence(value) ? expects : undefined;
    case 'bool':
      return isNoBoolean(value) ? 'bool' : undefined;
    default:
      return undefined;
  }
}

/** Reductions of everything: `keepdim` is for those that name a dimension. */
const KEEPING = new Set('sum mean max min prod median nanmedian logsumexp'.split(' '));

/** Functions with a signature for named dimensions, which takes None for a name. */
const BY_NAME = new Set(
  'max min prod median nanmedian mode logsumexp cumsum cumprod logcumsumexp squeeze unbind cummax cummin'.split(
    ' ',
  ),
);

/** Functions with several signatures refuse what suits none of them. */
function suitsSeveral(
  rt: Runtime,
  called: string,
  slots: readonly Slot[],
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  home: Home,
): boolean {
  if (keywords?.get('dim') === null && BY_NAME.has(called)) {
    const message = 'Please look up dimensions by name, got: name = None.';
    report(rt, { type: 'RuntimeError', message, exact: true });
    return false;
  }
  const hasRest = slots.some(({ passing }) => passing === 'rest');
  const own = home === 'Tensor' ? 1 : 0;
  if (hasRest && args.length > own && home === 'Tensor' && !isNoInteger(args[own] ?? null))
    return isOfKind(rt, called, slots, args, new Map(), own);
  const given = new Set(keywords?.keys());
  const positional = slots.filter(({ passing }) => passing === 'positional' || passing === 'rest');
  const isMisfit = ({ name, expects }: Slot, at: number): boolean => {
    const value = at < args.length ? args[at] : keywords?.get(name);
    return value !== undefined && typeof value !== 'string' && wantedOf(expects, value) !== undefined;
  };
  const suits =
    (hasRest || args.length <= positional.length) &&
    slots.every(({ name, isRequired }, at) => !isRequired || at < args.length || given.has(name)) &&
    !slots.some(isMisfit) &&
    [...given].every((name) => slots.some((slot) => slot.name === name) || name === 'out') &&
    !(given.has('keepdim') && KEEPING.has(called) && args.length < 2 && !given.has('dim'));
  if (suits || args.some((value) => value instanceof PyClass)) return true;
  const named = [...(keywords ?? [])].map(([name, value]) => `${name}=${nameOfType(value)}`);
  const listed = [...args.slice(own).map(nameOfType), ...named].join(', ');
  const message = `${called}() received an invalid combination of arguments - got (${listed}), but expected one of:`;
  // Which signatures there are is not known here, nor in which order keywords are told.
  report(rt, { type: 'TypeError', message, exact: false });
  return false;
}
