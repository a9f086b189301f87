import { isValue } from '@tensormark/frameworks';
import type { CallArguments, Datum, Program, Value } from '@tensormark/frameworks';
import { makerOf } from './ancestry.js';
import { eventsOf } from './events.js';
import { oncePerProgram } from './once.js';

/** What a mask of padding is true of. */
export type PadMask = 'words' | 'padding';

/** Operations that leave what a mask is true of. */
const LAID_OUT =
  /^(unsqueeze|squeeze|view|reshape|expand|expand_as|repeat|to|bool|byte|cuda|cpu|transpose|permute|clone|contiguous|detach|getitem)$/;

/**
 * What a mask is true of that was made by comparing the numbers of words with that of the padding, as an embedding that takes them
 * has it; undefined for any other.
 */
export function padMaskOf(program: Program, value: Value, depth = 0): PadMask | undefined {
  const name = makerOf(value);
  const [first] = value.inputs;
  if (first === undefined || value.made.kind !== 'operation' || depth > 20) return undefined;
  if (LAID_OUT.test(name)) return padMaskOf(program, first, depth + 1);
  if (name === 'bitwise_not' || name === 'logical_not') return turned(padMaskOf(program, first, depth + 1));
  if (name !== 'eq' && name !== 'ne') return undefined;
  const other = value.made.args.positional.find((datum) => !isValue(datum));
  if (typeof other === 'bigint' && isPadding(program, first, other))
    return name === 'eq' ? 'padding' : 'words';
  if (other !== 0n && other !== false && other !== 1n && other !== true) return undefined;
  const of = padMaskOf(program, first, depth + 1);
  const isSame = (other === 1n || other === true) === (name === 'eq');
  return isSame ? of : turned(of);
}

function turned(mask: PadMask | undefined): PadMask | undefined {
  return mask === undefined ? undefined : mask === 'words' ? 'padding' : 'words';
}

/** Whether an embedding takes a number among these for padding. */
function isPadding(program: Program, words: Value, number: Datum): boolean {
  return lookedUp(program).some(
    ({ args, padding }) => args.positional[0] === words && padding === Number(number),
  );
}

interface LookedUp {
  readonly args: CallArguments;
  readonly padding: number;
}

/** The calls of embeddings that take a number for padding. */
const lookedUp = oncePerProgram((program): readonly LookedUp[] => {
  const found: LookedUp[] = [];
  for (const { module, args } of eventsOf(program, 'module-call')) {
    if (module.layer?.type !== 'Embedding') continue;
    const padding = module.layer.config['padding_idx'] ?? null;
    if (padding !== null) found.push({ args, padding: Number(padding) });
  }
  return found;
});
