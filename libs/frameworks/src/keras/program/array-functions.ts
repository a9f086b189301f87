import { foreignCall } from '../../program/called-name.js';
import type { NamedCall } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import { rearranged } from './array-axes.js';
import { NOTHING } from './array-facts.js';
import type { ArrayFacts } from './array-facts.js';
import type { Of } from './array-items.js';
import { expanded, flat, reduced, reshaped, stacked, withColumns } from './array-shapes.js';
import { ofNumpy } from './array-numpy.js';
import { ofPicture } from './array-pictures.js';
import { realOf } from './array-preprocessors.js';
import { ofRandom } from './array-sources.js';
import { numberOf, wholeOf } from './names.js';
import { sizesOf } from './sizes.js';

const RANDOM =
  /^numpy\.random\.(?:\w+\.)?(rand|randn|random|random_sample|normal|uniform|randint|standard_normal|choice)$/;

/** What is a function of NumPy's, and a method of its arrays. */
const METHODS = /^(reshape|transpose|swapaxes|squeeze|copy|sum|mean|argmax|argmin)$/;

/** What a function that is known by its name gives. */
export function ofFunction({ name, args }: NamedCall, value: Value, of: Of): ArrayFacts {
  const [first, second] = args.positional;
  const random = RANDOM.exec(name);
  if (random !== null) return ofRandom(random[1] ?? '', args, of);
  const short = name.split('.').at(-1) ?? '';
  // A method of something that is imported from elsewhere: `pictures.reshape(…)` after `from data import pictures`.
  if (METHODS.test(short) && !/^(numpy|np|tensorflow|tf|keras|jax)\b/.test(name)) return NOTHING;
  const before = (): ArrayFacts => of(first);
  switch (short) {
    case 'to_categorical': {
      const facts = before();
      const count =
        wholeOf(argument(args, 'num_classes', 1) ?? argument(args, 'nb_classes', 1)) ??
        (facts.elements !== undefined && facts.elements.length > 0 && facts.elements.every((one) => one >= 0)
          ? Math.floor(Math.max(...facts.elements)) + 1
          : facts.targets?.kind === 'classes'
            ? facts.targets.count
            : undefined);
      return {
        // Of what are columns already each number gets columns again.
        shape:
          facts.targets?.kind === 'one-hot' && facts.shape === undefined
            ? [undefined, facts.targets.count, count]
            : withColumns(facts, count),
        targets: { kind: 'one-hot', count },
        targetsScaled: facts.targetsScaled,
        set: facts.set,
        split: facts.split,
      };
    }
    case 'one_hot':
      return name.startsWith('tensorflow')
        ? { targets: { kind: 'one-hot', count: wholeOf(argument(args, 'depth', 1)) } }
        : NOTHING;
    case 'get_dummies': {
      const facts = before();
      const count = facts.targets?.kind === 'classes' ? facts.targets.count : undefined;
      // Some columns of a table: what comes is a wider one.
      if (args.named.has('columns') || isWide(facts))
        return { scale: facts.scale, isTable: facts.isTable, shape: [undefined, undefined] };
      return facts.targets?.kind === 'classes' || facts.isColumn === true
        ? { shape: [facts.shape?.[0], count], targets: { kind: 'one-hot', count } }
        : NOTHING;
    }
    case 'pad_sequences': {
      const facts = before();
      // Numbers that are no whole ones are asked for where it is vectors that are padded.
      const isOfTokens = /^(undefined|u?int\d*)$/.test(String(argument(args, 'dtype', 2)));
      const steps = wholeOf(argument(args, 'maxlen', 1));
      // Sequences of rows stay rows: what is padded is their number.
      const ofRows = Array.isArray(first) && Array.isArray(first[0]) ? first[0][0] : undefined;
      const inner = Array.isArray(ofRows) ? of(ofRows).shape : facts.shape?.slice(2);
      return {
        ...(isOfTokens && { shape: [facts.shape?.[0], steps, ...(inner ?? [])] }),
        vocabulary: facts.vocabulary,
        set: facts.set,
        split: facts.split,
      };
    }
    case 'expand_dims':
      return expanded(before(), wholeOf(argument(args, 'axis', 1)));
    case 'reshape':
      return reshaped(before(), sizesOf(argument(args, 'newshape', 1) ?? argument(args, 'shape', 1), of));
    case 'array':
    case 'asarray':
    case 'asanyarray':
    case 'copy':
    case 'convert_to_tensor':
    case 'cast':
    case 'DataFrame':
    case 'Series':
      return before();
    case 'ravel':
      return { ...before(), shape: flat(before().shape) };
    case 'transpose':
    case 'swapaxes':
    case 'moveaxis':
    case 'squeeze':
      return rearranged(short, before(), { ...args, positional: args.positional.slice(1) }) ?? NOTHING;
    case 'normalize':
      return { ...before(), scale: 'unit' };
    case 'divide':
    case 'true_divide':
      return divided(before(), second, value);
    case 'sum':
    case 'mean':
      return name.startsWith('numpy.') ? reduced(before(), argument(args, 'axis', 1), args) : NOTHING;
    case 'argmax':
    case 'argmin': {
      const facts = before();
      const { shape } = reduced(facts, argument(args, 'axis', 1), args);
      return name.startsWith('numpy.') && facts.targets?.kind === 'one-hot' && shape?.length === 1
        ? { shape, targets: { kind: 'classes', count: facts.targets.count } }
        : name.startsWith('numpy.')
          ? { shape }
          : NOTHING;
    }
    case 'zeros':
    case 'ones':
    case 'empty':
    case 'ndarray':
      return name.startsWith('numpy.') ? { shape: sizesOf(argument(args, 'shape', 0), of) } : NOTHING;
    case 'arange':
      return name.startsWith('numpy.') && args.positional.length === 1
        ? { shape: [wholeOf(first)] }
        : NOTHING;
    case 'sin':
    case 'cos':
      return { shape: before().shape, targets: { kind: 'real', hasNegative: undefined }, scale: 'unit' };
    case 'concatenate':
    case 'vstack': {
      const parts = Array.isArray(first) ? first.map(of) : [];
      const [one] = parts;
      if (one === undefined) return NOTHING;
      const isAlike = parts.every(({ scale }) => scale === one.scale);
      return {
        scale: isAlike ? one.scale : undefined,
        shape: short === 'vstack' || isAlongRows(args) ? stacked(parts) : undefined,
      };
    }
    case 'preprocess_input':
      return { shape: before().shape };
    case 'img_to_array': {
      const facts = before();
      return facts.shape?.length === 2 ? { ...facts, shape: [...facts.shape, 1] } : facts;
    }
    case 'loadtxt':
    case 'genfromtxt':
    case 'read_csv':
      return { scale: 'raw', shape: [undefined, undefined] };
    default:
      return ofPicture(short, name, args, before()) ?? NOTHING;
  }
}

/** Whether it is a table of several columns. */
export function isWide({ shape, isTable }: ArrayFacts): boolean {
  return shape?.length === 2 || isTable === true;
}

function isAlongRows(args: CallArguments): boolean {
  return (argument(args, 'axis', 1) ?? 0n) === 0n;
}

/** Divided by a number, or by what the numbers themselves give. */
export function divided(facts: ArrayFacts, by: Datum | undefined, at: Value): ArrayFacts {
  const { elements: _, ...rest } = facts;
  const number = numberOf(by);
  const areClasses = facts.targets?.kind === 'classes' || facts.targets?.kind === 'one-hot';
  if (areClasses && number !== undefined && number > 1)
    return { ...rest, targets: undefined, targetsScaled: at };
  const isLarge = number !== undefined && number >= 100 && number <= 256;
  if (isLarge && facts.scale === 'unit' && facts.set?.of.isPixels === true)
    return { ...rest, scaledAgain: at };
  if (facts.scale === 'bytes about 0') return { ...rest, scale: isLarge ? 'signed' : undefined };
  if (facts.scale === 'signed')
    return { ...rest, scale: number !== undefined && number >= 0.5 ? 'signed' : undefined };
  if (facts.scale === 'bytes')
    return { ...rest, scale: isLarge || number === undefined ? 'unit' : undefined };
  return {
    ...rest,
    scale: number === undefined ? 'unit' : undefined,
    targets: number === 1 ? facts.targets : realOf(facts),
  };
}

/** What `np.random.default_rng()` draws. */
export function ofGenerator(
  name: string,
  self: Datum | undefined,
  args: CallArguments,
  of: Of,
): ArrayFacts | undefined {
  if (!/^numpy\.random\.(default_rng|RandomState)$/.test(foreignCall(self)?.name ?? '')) return undefined;
  if (name === 'permutation') return ofNumpy(name, args, of);
  const [drawn] = RANDOM.exec(`numpy.random.${name === 'integers' ? 'randint' : name}`)?.slice(1) ?? [];
  return drawn === undefined ? undefined : ofRandom(drawn, args, of);
}
