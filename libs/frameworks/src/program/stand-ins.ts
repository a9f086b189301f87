import { PyClass, PyList, PyTuple, PyUnknown } from '@tensormark/python';
import type { NativeCallee, PyValue, Runtime, Span } from '@tensormark/python';
import type { Activation, Turn } from './moment.js';
import type { Recording } from './recording.js';
import { operation } from './origins.js';
import { derivedUnknown } from './unknowns.js';
import { valuesAmong } from './values.js';

/** Longer sequences are not gone over beside an unknown one. */
const MOST_PAIRED = 64;

/** What collects examples as a program goes on: a memory to draw from. */
const MEMORY = /mem|buf|replay|experience|transition/i;

/**
 * What stands for the result of a native call that says something about a whole run, of which reading follows only the
 * beginning; undefined where the call is to be run.
 */
export function standIn(
  recording: Recording,
  rt: Runtime,
  callee: NativeCallee,
  args: readonly PyValue[],
  turn: Turn | undefined,
  activation: Activation | undefined,
): PyValue | undefined {
  if (callee.name === 'len' && (turn !== undefined || isEntered(activation)))
    return lengthByThen(recording, rt, args, turn, activation);
  return callee.name === '__new__' ? paired(recording, rt, args) : undefined;
}

/**
 * How many examples a memory holds that a loop fills: `if len(memory) < batch_size: return` holds in the first turns, and
 * is what is to be got over.
 */
function lengthByThen(
  recording: Recording,
  rt: Runtime,
  [of]: readonly PyValue[],
  turn: Turn | undefined,
  activation: Activation | undefined,
): PyValue | undefined {
  const isDeque = typeof of === 'object' && of !== null && 'cls' in of && of.cls.name === 'deque';
  if (!isDeque && !(of instanceof PyList)) return undefined;
  const isMemory =
    isDeque ||
    MEMORY.test(rt.span?.text ?? '') ||
    activation?.name === '__len__' ||
    (rt.span !== undefined && !OVER_FEW.test(turn?.loop.span.text ?? '') && isAwaited(rt.span));
  if (!isMemory) return undefined;
  return recording.values.unknown(
    rt,
    'how many there are by then',
    { kind: 'unknown', reason: 'varies' },
    [],
  );
}

/** Whether reading has entered the function that runs, which nothing in the file calls: much may have happened before. */
function isEntered(activation: Activation | undefined): boolean {
  let outermost = activation;
  while (outermost?.outer !== undefined) outermost = outermost.outer;
  return outermost !== undefined && outermost.calledAt === undefined;
}

/** A loop over what is written out there is followed to its end. */
const OVER_FEW = /^for\b[^\n]*?\bin\s*[[(]/;

/** `if len(batch) < BATCH_SIZE: continue`, of a list that the program appends to: it is waited for until there are enough. */
function isAwaited({ text, end, source }: Span): boolean {
  const name = /^len\(\s*([\w.]+)\s*\)$/.exec(text)?.[1];
  if (name === undefined || !/^\s*(<|>|==|%)/.test(source.text.slice(end, end + 8))) return false;
  const line = source.text.slice(source.text.lastIndexOf('\n', end - 1) + 1, end);
  return /^\s*(if|elif)\b/.test(line) && source.text.includes(`${name}.append(`);
}

/** `zip` of what is known and what is not: the items of the known ones, each beside an item of the unknown. */
function paired(recording: Recording, rt: Runtime, args: readonly PyValue[]): PyValue | undefined {
  const [cls, ...given] = args;
  if (!(cls instanceof PyClass) || cls.name !== 'zip' || cls.module !== 'builtins') return undefined;
  const known = given.filter((one) => one instanceof PyList || one instanceof PyTuple);
  if (known.length === 0 || known.length === given.length) return undefined;
  if (!given.every((one) => one instanceof PyUnknown || one instanceof PyList || one instanceof PyTuple))
    return undefined;
  const count = Math.min(...known.map(({ items }) => items.length));
  if (count > MOST_PAIRED) return pairedAsOne(recording, rt, given);
  const rows = Array.from(
    { length: count },
    (_, at) =>
      new PyTuple(
        given.map((one) =>
          one instanceof PyList || one instanceof PyTuple
            ? (one.items[at] ?? null)
            : one instanceof PyUnknown
              ? derivedUnknown(rt, recording, { kind: 'element', of: one })
              : one,
        ),
      ),
  );
  return new PyList(rows);
}

/** What long lists beside an unknown one are paired to, as one value that comes of all of them. */
function pairedAsOne({ values }: Recording, rt: Runtime, given: readonly PyValue[]): PyValue {
  const inputs = [...new Set(valuesAmong(given.map((one) => values.datum(rt, one))))];
  return values.unknown(rt, 'what zip pairs', operation('zip', inputs), inputs);
}
