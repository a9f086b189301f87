import { defineClass } from '../../native/classes.js';
import { BudgetError } from '../../objects/budgets.js';
import { ABSENT, typeOf, unbox } from '../../objects/classes.js';
import { PyDict, PyList, PyTuple } from '../../objects/containers.js';
import { exceptionClass, PyException, PyRaise, raise } from '../../objects/exceptions.js';
import { NativeIterator } from '../../objects/iterators.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { asInteger, asString, plainInteger, rest } from '../../operations/conversion.js';
import { checkStringLength, limitStringLength } from '../../operations/iteration.js';
import { repr } from '../../operations/text.js';
import { codePoints } from '../../text/code-points.js';
import { Matching } from './match.js';
import type { Found } from './match.js';
import { PatternError } from './pattern.js';
import type { Flags, Subject } from './pattern.js';
import { parsePattern } from './parse.js';
import { parseTemplate } from './template.js';
import type { Template } from './template.js';

/** Steps of backtracking for one search; catastrophic patterns spend them in a moment. */
const MAX_STEPS = 1_000_000;
const MAX_PATTERN = 10_000;

export const FLAGS = { i: 2n, m: 8n, s: 16n, u: 32n, x: 64n, a: 256n } as const;

export const errorClass = new PyClass({
  name: 'error',
  module: 're',
  bases: [exceptionClass('Exception')],
  metaclass: exceptionClass('Exception').cls,
  native: true,
});

/** Runs something that may find a pattern wrong; raises `re.error`. */
function checked<T>(source: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown;
    const { message, position } = thrown;
    const lines = source.slice(0, position).split('\n');
    const place = source.includes('\n')
      ? ` (line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1})`
      : '';
    const exception = new PyException(errorClass, [`${message} at position ${position}${place}`]);
    exception.attributes = new Map<string, PyValue>([
      ['msg', message],
      ['pattern', source],
      ['pos', BigInt(position)],
    ]);
    throw new PyRaise(exception);
  }
}

/** `re.compile(...)` */
export class PyPattern extends PyObject {
  constructor(
    readonly source: string,
    readonly flags: bigint,
    readonly matching: Matching,
  ) {
    super(patternClass);
  }

  /** A counter for one search; it spends the run's own steps as well. */
  counter(rt: Runtime): () => void {
    let steps = 0;
    // Setting up a search costs about as much as this many of the run's steps.
    rt.step(10);
    return () => {
      if (++steps % 8 === 0) rt.step();
      if (steps > MAX_STEPS) {
        throw new BudgetError(
          'regular-expression',
          `the pattern ${this.source} takes more than ${MAX_STEPS} steps on this text`,
        );
      }
    };
  }
}

/** A match, as `re.Match`. */
export class PyMatch extends PyObject {
  constructor(
    readonly pattern: PyPattern,
    readonly text: string,
    readonly subject: Subject,
    readonly found: Found,
    readonly from: number,
  ) {
    super(matchClass);
  }

  /** The text of a group; undefined where it took no part. */
  group(index: number): string | undefined {
    const [begin, end] = [this.found.spans[2 * index] ?? -1, this.found.spans[2 * index + 1] ?? -1];
    return end < 0 ? undefined : sliceOf(this.subject, begin, end);
  }
}

export function sliceOf(subject: Subject, begin: number, end: number): string {
  return typeof subject === 'string' ? subject.slice(begin, end) : subject.slice(begin, end).join('');
}

/** Compiles a pattern with flags as the program gave them. */
export function compilePattern(rt: Runtime, source: PyValue, given: PyValue): PyPattern {
  if (source instanceof PyPattern) return source;
  const text = unbox(source);
  if (typeof text !== 'string')
    return raise('TypeError', 'first argument must be string or compiled pattern');
  if (text.length > MAX_PATTERN)
    throw new BudgetError('regular-expression', `a pattern of ${text.length} characters`);
  const bits = asInteger(rt, given);
  const cache = rt.state(makeCache).patterns;
  const key = `${bits}:${text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  rt.step(text.length);
  const has = (letter: keyof typeof FLAGS): boolean => (bits & FLAGS[letter]) !== 0n;
  const flags: Flags = { i: has('i'), m: has('m'), s: has('s'), x: has('x'), a: has('a') };
  const pattern = checked(text, () => parsePattern(codePoints(text), flags));
  let all = bits | (pattern.flags.a ? 0n : FLAGS.u);
  for (const letter of ['i', 'm', 's', 'x', 'a'] as const) if (pattern.flags[letter]) all |= FLAGS[letter];
  const compiled = new PyPattern(text, all, new Matching(pattern));
  if (cache.size > 500) cache.clear();
  cache.set(key, compiled);
  return compiled;
}

class PatternCache {
  readonly patterns = new Map<string, PyPattern>();
}
const makeCache = (): PatternCache => new PatternCache();

function subjectOf(value: PyValue): string {
  const text = unbox(value);
  return typeof text === 'string'
    ? text
    : raise('TypeError', `expected string or bytes-like object, got '${typeOf(value).name}'`);
}

/** Finds one match: anywhere, at the beginning, or of the whole. */
export function find(
  rt: Runtime,
  self: PyPattern,
  given: PyValue,
  how: 'search' | 'match' | 'fullmatch',
  pos: PyValue = 0n,
  end: PyValue = ABSENT,
): PyValue {
  const text = subjectOf(given);
  const whole = codePoints(text);
  const stop =
    end === ABSENT ? whole.length : Math.min(Math.max(Number(asInteger(rt, end)), 0), whole.length);
  const subject = stop === whole.length ? whole : whole.slice(0, stop);
  const from = Math.min(Math.max(Number(asInteger(rt, pos)), 0), subject.length);
  const count = self.counter(rt);
  const found =
    how === 'search'
      ? self.matching.search(subject, from, count)
      : self.matching.matchAt(
          subject,
          from,
          count,
          how === 'match' ? undefined : (at) => at === subject.length,
        );
  return found === undefined ? null : new PyMatch(self, text, subject, found, from);
}

/** All matches in order, empty ones as CPython counts them. */
export function* matches(
  rt: Runtime,
  self: PyPattern,
  given: PyValue,
  pos: PyValue = 0n,
): Generator<PyMatch> {
  const text = subjectOf(given);
  const subject = codePoints(text);
  const first = Math.min(Math.max(Number(asInteger(rt, pos)), 0), subject.length);
  let from = first;
  let advance = false;
  for (;;) {
    const found = self.matching.search(subject, from, self.counter(rt), advance);
    if (found === undefined) return;
    yield new PyMatch(self, text, subject, found, first);
    const [begin = 0, end = 0] = found.spans;
    advance = begin === end;
    from = end;
    rt.step();
  }
}

function fill(template: Template, match: PyMatch): string {
  return template.map((part) => (typeof part === 'string' ? part : (match.group(part) ?? ''))).join('');
}

/** `re.subn`: the text with matches replaced, and how many were. */
export function substitute(
  rt: Runtime,
  self: PyPattern,
  replacement: PyValue,
  given: PyValue,
  count: PyValue,
): [string, bigint] {
  const text = subjectOf(given);
  const subject = codePoints(text);
  const limit = Number(asInteger(rt, count));
  const plain = unbox(replacement);
  const template =
    typeof plain === 'string' ? checked(plain, () => parseTemplate(plain, self.matching.pattern)) : undefined;
  let result = '';
  let from = 0;
  let done = 0n;
  for (const match of matches(rt, self, given)) {
    const [begin = 0, end = 0] = match.found.spans;
    result += sliceOf(subject, from, begin);
    result += template === undefined ? asString(rt.call(replacement, [match])) : fill(template, match);
    limitStringLength(rt, result.length);
    checkStringLength(rt, end - from);
    from = end;
    done++;
    if (limit > 0 && done >= limit) break;
  }
  return [result + sliceOf(subject, from, subject.length), done];
}

/** `re.split` */
export function split(rt: Runtime, self: PyPattern, given: PyValue, most: PyValue): PyValue {
  const subject = codePoints(subjectOf(given));
  const limit = Number(asInteger(rt, most));
  const pieces: PyValue[] = [];
  let from = 0;
  let done = 0;
  for (const match of matches(rt, self, given)) {
    const [begin = 0, end = 0] = match.found.spans;
    pieces.push(sliceOf(subject, from, begin));
    for (let index = 1; index <= self.matching.pattern.groupCount; index++)
      pieces.push(match.group(index) ?? null);
    from = end;
    if (limit > 0 && ++done >= limit) break;
  }
  return new PyList([...pieces, sliceOf(subject, from, subject.length)]);
}

/** `re.findall` */
export function findAll(rt: Runtime, self: PyPattern, given: PyValue, pos: PyValue = 0n): PyValue {
  const count = self.matching.pattern.groupCount;
  const items: PyValue[] = [];
  for (const match of matches(rt, self, given, pos)) {
    if (count <= 1) items.push(match.group(count) ?? '');
    else items.push(new PyTuple(Array.from({ length: count }, (_, index) => match.group(index + 1) ?? '')));
  }
  return new PyList(items);
}

export function iterate(rt: Runtime, self: PyPattern, given: PyValue, pos: PyValue = 0n): PyValue {
  const iterator = matches(rt, self, given, pos);
  return new NativeIterator('callable_iterator', () => {
    const next = iterator.next();
    return next.done === true ? undefined : next.value;
  });
}

function flagText(flags: bigint): string {
  const names: readonly (readonly [bigint, string])[] = [
    [FLAGS.i, 're.IGNORECASE'],
    [FLAGS.m, 're.MULTILINE'],
    [FLAGS.s, 're.DOTALL'],
    [FLAGS.x, 're.VERBOSE'],
    [FLAGS.a, 're.ASCII'],
  ];
  const shown = names.filter(([bit]) => (flags & bit) !== 0n).map(([, name]) => name);
  return shown.length === 0 ? '' : `, ${shown.join('|')}`;
}

export const patternClass: PyClass = defineClass({
  name: 'Pattern',
  module: 're',
  payload: PyPattern,
  methods: {
    'search(string, pos=0, endpos?)': (rt, self, text, pos, end) => find(rt, self, text, 'search', pos, end),
    'match(string, pos=0, endpos?)': (rt, self, text, pos, end) => find(rt, self, text, 'match', pos, end),
    'fullmatch(string, pos=0, endpos?)': (rt, self, text, pos, end) =>
      find(rt, self, text, 'fullmatch', pos, end),
    'findall(string, pos=0)': (rt, self, text, pos) => findAll(rt, self, text, pos),
    'finditer(string, pos=0)': (rt, self, text, pos) => iterate(rt, self, text, pos),
    'split(string, maxsplit=0)': (rt, self, text, most) => split(rt, self, text, most),
    'sub(repl, string, count=0)': (rt, self, replacement, text, count) =>
      substitute(rt, self, replacement, text, count)[0],
    'subn(repl, string, count=0)': (rt, self, replacement, text, count) =>
      new PyTuple(substitute(rt, self, replacement, text, count)),
    '__repr__()': (rt, self) => `re.compile(${repr(rt, self.source)}${flagText(self.flags)})`,
    '__eq__(other)': (_rt, self, other) =>
      other instanceof PyPattern && other.source === self.source && other.flags === self.flags,
    '__hash__()': (_rt, self) => BigInt(self.source.length),
    '__deepcopy__(memo)': (_rt, self) => self,
    '__copy__()': (_rt, self) => self,
  },
  properties: {
    pattern: (_rt, self) => self.source,
    flags: (_rt, self) => self.flags,
    groups: (_rt, self) => BigInt(self.matching.pattern.groupCount),
    groupindex: (rt, self) =>
      PyDict.from(
        rt,
        [...self.matching.pattern.names].map(([name, index]) => [name, BigInt(index)]),
      ),
  },
});

function groupIndex(rt: Runtime, self: PyMatch, key: PyValue): number {
  const { names, groupCount } = self.pattern.matching.pattern;
  const number = plainInteger(key);
  const index =
    number === undefined ? (typeof key === 'string' ? names.get(key) : undefined) : Number(number);
  return index === undefined || index < 0 || index > groupCount
    ? rt.raise('IndexError', 'no such group')
    : index;
}

function span(rt: Runtime, self: PyMatch, key: PyValue, which: 0 | 1): bigint {
  return BigInt(self.found.spans[2 * groupIndex(rt, self, key) + which] ?? -1);
}

function allGroups(self: PyMatch, fallback: PyValue): PyValue[] {
  const { groupCount } = self.pattern.matching.pattern;
  return Array.from({ length: groupCount }, (_, index) => self.group(index + 1) ?? fallback);
}

export const matchClass: PyClass = defineClass({
  name: 'Match',
  module: 're',
  payload: PyMatch,
  methods: {
    'group(*groups)': (rt, self, groups) => {
      const keys = rest(groups);
      const values = keys.map((key) => self.group(groupIndex(rt, self, key)) ?? null);
      return keys.length === 0
        ? (self.group(0) ?? null)
        : values.length === 1
          ? (values[0] ?? null)
          : new PyTuple(values);
    },
    'groups(default=None)': (_rt, self, fallback) => new PyTuple(allGroups(self, fallback)),
    'groupdict(default=None)': (rt, self, fallback) =>
      PyDict.from(
        rt,
        [...self.pattern.matching.pattern.names].map(([name, index]) => [
          name,
          self.group(index) ?? fallback,
        ]),
      ),
    '__getitem__(key)': (rt, self, key) => self.group(groupIndex(rt, self, key)) ?? null,
    'start(group=0)': (rt, self, key) => span(rt, self, key, 0),
    'end(group=0)': (rt, self, key) => span(rt, self, key, 1),
    'span(group=0)': (rt, self, key) => new PyTuple([span(rt, self, key, 0), span(rt, self, key, 1)]),
    'expand(template)': (_rt, self, template) => {
      const text = asString(template);
      return fill(
        checked(text, () => parseTemplate(text, self.pattern.matching.pattern)),
        self,
      );
    },
    '__bool__()': () => true,
    '__repr__()': (rt, self) => {
      const [begin = 0, end = 0] = self.found.spans;
      return `<re.Match object; span=(${begin}, ${end}), match=${repr(rt, self.group(0) ?? '')}>`;
    },
    '__deepcopy__(memo)': (_rt, self) => self,
    '__copy__()': (_rt, self) => self,
  },
  properties: {
    string: (_rt, self) => self.text,
    re: (_rt, self) => self.pattern,
    pos: (_rt, self) => BigInt(self.from),
    endpos: (_rt, self) => BigInt(self.subject.length),
    lastindex: (_rt, self) => (self.found.last === 0 ? null : BigInt(self.found.last)),
    lastgroup: (_rt, self) =>
      [...self.pattern.matching.pattern.names].find(([, index]) => index === self.found.last)?.[0] ?? null,
  },
});
