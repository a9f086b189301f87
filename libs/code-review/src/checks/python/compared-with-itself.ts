import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import { behindNamed } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { callsOf, functionsAround, statementAt } from '../../ask/tree.js';

/** A loss that is given the same twice. */
export interface ComparedWithItself {
  readonly at: Span;
  readonly name: string;
}

/**
 * Losses of a thing and itself: of one value, of two that were worked out of it in the same way, or of one name twice.
 */
export function comparedWithItself(program: Program): ComparedWithItself[] {
  const found = new Map<number, ComparedWithItself>();
  for (const { name, input, target, moment } of eventsOf(program, 'loss')) {
    const at = moment.span;
    if (name === 'unknown' || at === undefined || input === undefined || !isValue(target)) continue;
    if (input === target || isMadeAlike(input, target))
      found.set(at.start, { at, name: input.span?.text ?? 'the same' });
  }
  for (const { callee, args, span } of callsOf(program)) {
    const [one, other] = args;
    if (one === undefined || other === undefined || !COMPARES.test(callee.span.text)) continue;
    const { text } = one.span;
    if (text !== other.span.text || (one.kind !== 'Name' && one.kind !== 'Attribute')) continue;
    // Divergences of sets are corrected by those of each set with itself.
    const home = functionsAround(program, span).at(-1);
    const around = home?.span.text ?? program.source;
    const isShown = /^(print|assert)\b/.test(statementAt(program, span)?.span.text ?? '');
    if (isShown || /test/i.test(home?.name ?? '') || isCorrected(around, callee.span.text, text)) continue;
    found.set(span.start, { at: span, name: text });
  }
  return [...found.values()];
}

/** What is called as losses that compare place by place are. */
const COMPARES = /(^|[._])(crit(erion)?\w*|mse(_?loss)?|l1(_?loss)?|kl_?div\w*|bce\w*|huber\w*)$/i;

function isCorrected(around: string, callee: string, given: string): boolean {
  const calls = around.matchAll(/([\w.]+)\(\s*([\w.]+)\s*,\s*([\w.]+)\s*[,)]/g);
  return [...calls].some(([, name, one, other]) => name === callee && one === other && one !== given);
}

/** Operations that give the same for the same. */
const PURE =
  /^(softmax|log_softmax|sigmoid|logsigmoid|tanh|relu|div|truediv|mul|add|sub|neg|view|reshape|flatten|permute|transpose|squeeze|unsqueeze|getitem|unpacked|log|exp|pow|square|sqrt|abs|mean|sum|normalize|to|float|cuda|detach|clone|contiguous)$/;

const UNCHANGED = /^(clone|contiguous|float|to|cuda)$/;

/** Whether two values were worked out of the same by the same operations; probabilities and their logarithms tell the same. */
function isMadeAlike(one: Value, other: Value, depth = 0): boolean {
  const [left, right] = [asItWas(one), asItWas(other)];
  if (left === right) return depth > 0 || left !== one || right !== other;
  const [{ made: first }, { made: second }] = [left, right];
  if (first.kind !== 'operation' || second.kind !== 'operation' || depth > 12) return false;
  if (!PURE.test(first.name) || plainName(first.name) !== plainName(second.name)) return false;
  const [given, others] = [first.args.positional, second.args.positional];
  return (
    given.length > 0 &&
    given.length === others.length &&
    first.args.named.size === second.args.named.size &&
    given.every((datum, at) => isAlike(datum, others[at], depth + 1)) &&
    [...first.args.named].every(([name, datum]) => isAlike(datum, second.args.named.get(name), depth + 1))
  );
}

const plainName = (name: string): string => name.replace(/^log_softmax$/, 'softmax');

function asItWas(value: Value): Value {
  return behindNamed(value, UNCHANGED, 8);
}

function isAlike(one: Datum | undefined, other: Datum | undefined, depth: number): boolean {
  if (one === other) return true;
  if (isValue(one) && isValue(other)) return isMadeAlike(one, other, depth);
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((datum, at) => isAlike(datum, other[at], depth));
  const [part, same] = [sliceOf(one), sliceOf(other)];
  return (
    part !== undefined &&
    same !== undefined &&
    isAlike(part.start, same.start, depth) &&
    isAlike(part.stop, same.stop, depth) &&
    isAlike(part.step, same.step, depth)
  );
}

function sliceOf(
  datum: Datum | undefined,
): { readonly start: Datum; readonly stop: Datum; readonly step: Datum } | undefined {
  if (typeof datum !== 'object' || datum === null || !('holds' in datum)) return undefined;
  return datum.holds?.kind === 'slice' ? datum.holds : undefined;
}
