/** Small random changes to programs, the same for the same seed. */

/** Numbers in [0, 1) from a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Random = () => number;

function pick<T>(random: Random, items: readonly T[], otherwise: T): T {
  return items[Math.floor(random() * items.length)] ?? otherwise;
}

const VALUES = [
  '0',
  '-1',
  '1',
  '2',
  '10**9',
  '2**63',
  '1e308',
  'None',
  'True',
  "''",
  "'a' * 10**9",
  '[]',
  '()',
  '{}',
  'x',
  'self',
  'torch',
  'nn.Linear',
  'lambda *a: a',
  '[0] * 10**9',
  'float("nan")',
  'range(10**12)',
  'torch.zeros(10**6, 10**6)',
  '(yield)',
];

const NAMES = [
  'x',
  'self',
  'super',
  'forward',
  '__init__',
  '__call__',
  '__getattr__',
  '__class__',
  'view',
  'cat',
  'size',
];

function onLines(text: string, change: (lines: string[], at: number) => void, random: Random): string {
  const lines = text.split('\n');
  change(lines, Math.floor(random() * lines.length));
  return lines.join('\n');
}

function replaceMatch(text: string, pattern: RegExp, by: string, random: Random): string {
  const matches = Array.from(text.matchAll(pattern));
  const match = pick(random, matches, undefined);
  if (match === undefined) return text;
  return text.slice(0, match.index) + by + text.slice(match.index + match[0].length);
}

/** Pieces of tokens: names, numbers, texts, runs of blanks, single signs. */
const TOKEN = /[A-Za-z_]\w*|\d+(?:\.\d+)?|"[^"\n]*"|'[^'\n]*'|[ \t]+|\S|\n/g;

const NUMBERS = [
  '0',
  '-1',
  '2**31',
  '2**63',
  '2**64 - 1',
  '10**18',
  '10**100',
  '1e400',
  '-0.0',
  '1_0',
  '0x7fffffff',
];

const CHARACTERS = [
  '\0',
  '\t',
  '\r',
  '\f',
  '\u00a0',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\ud800',
  '“',
  '”',
  '’',
  'é',
  '١',
  '😀',
  '𝒙',
  '$',
  '?',
  '!',
  '`',
  '\\',
  '"""',
  "'",
  '#',
];

/** What a piece of a program is put inside. */
const NESTS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['f"{', '}"'],
  ['lambda: ', ''],
  ['not ', ''],
  ['[', ' for _ in range(3)]'],
  ['list(', ')'],
  ['nn.Sequential(', ')'],
  ['str(', ')'],
  ['torch.tensor(', ')'],
];

function tokenAt(text: string, random: Random): RegExpMatchArray | undefined {
  return pick(random, Array.from(text.matchAll(TOKEN)), undefined);
}

function nested(text: string, random: Random): string {
  const token = tokenAt(text, random);
  if (token === undefined) return text;
  const [open, close] = pick(random, NESTS, ['(', ')'] as const);
  const times = pick(random, [1, 2, 10, 250, 3000], 1);
  const start = token.index ?? 0;
  const end = start + token[0].length;
  return text.slice(0, start) + open.repeat(times) + token[0] + close.repeat(times) + text.slice(end);
}

function swapped(text: string, random: Random): string {
  const tokens = text.match(TOKEN) ?? [];
  const [a, b] = [Math.floor(random() * tokens.length), Math.floor(random() * tokens.length)];
  return tokens.map((token, at) => (at === a ? tokens[b] : at === b ? tokens[a] : token)).join('');
}

/** A block of lines moved elsewhere, or put there again. */
function spliced(lines: string[], at: number, random: Random): void {
  const from = Math.floor(random() * lines.length);
  const block = lines.slice(from, from + 1 + Math.floor(random() * 8));
  lines.splice(at, random() < 0.5 ? block.length : 0, ...block);
}

const CHANGES: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => onLines(text, (lines, at) => lines.splice(at, 1), random),
  (text, random) =>
    onLines(
      text,
      (lines, at) => lines.splice(at, 0, lines[Math.floor(random() * lines.length)] ?? ''),
      random,
    ),
  (text, random) => onLines(text, (lines, at) => lines.splice(at, 1, `  ${lines[at] ?? ''}`), random),
  (text, random) =>
    onLines(text, (lines, at) => lines.splice(at, 1, (lines[at] ?? '').replace(/^ {1,4}|^/, '\t')), random),
  (text, random) => onLines(text, (lines, at) => lines.splice(at, 1, (lines[at] ?? '').trimStart()), random),
  (text, random) => onLines(text, (lines, at) => spliced(lines, at, random), random),
  (text, random) => replaceMatch(text, /\b\d+\b/g, pick(random, VALUES, '0'), random),
  (text, random) => replaceMatch(text, /\b\d+\b/g, pick(random, NUMBERS, '0'), random),
  (text, random) => replaceMatch(text, /\b[a-z_]\w*\b/g, pick(random, NAMES, 'x'), random),
  (text, random) => replaceMatch(text, /\b[a-z_]\w*\b/g, pick(random, VALUES, '0'), random),
  (text, random) => replaceMatch(text, TOKEN, tokenAt(text, random)?.[0] ?? '', random),
  (text, random) =>
    replaceMatch(
      text,
      /[-+*/@()[\],:=.]/g,
      pick(random, [...'-+*/@()[],:=.', '**', '//', ' if ', ''], ''),
      random,
    ),
  (text, random) => {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 5));
  },
  (text, random) => {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + pick(random, CHARACTERS, '$') + text.slice(at);
  },
  (text, random) => {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 65536)) + text.slice(at + 1);
  },
  (text, random) => text.slice(0, Math.floor(random() * text.length)),
  nested,
  swapped,
];

/** A program with one to four changes. */
export function mutant(text: string, seed: number): string {
  const random = randomNumbers(seed);
  let changed = text;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--)
    changed = pick(random, CHANGES, (same: string) => same)(changed, random);
  return changed;
}
