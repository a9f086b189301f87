import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import { questionAround } from './around.js';

/** A map or list on the way from the top of the file to the cursor. */
export interface Container {
  readonly kind: 'map' | 'list';
  /** The keys of a map, in order; the one at the cursor is left out. */
  readonly keys: readonly string[];
  /** Values of a map that are plain words or numbers, by key: they tell which kind of thing it is. */
  readonly plain: Readonly<Record<string, unknown>>;
}

/** Where a word stands in a YAML file. */
export interface Place {
  /** A key of a map, or a value: of a key, or an item of a list. */
  readonly kind: 'key' | 'value';
  /** From the top to what holds the word: of a key its map's path, of a value its own. */
  readonly path: readonly (string | number)[];
  /** What each step of the path is taken from, the top first; of a key its own map stands last. */
  readonly containers: readonly Container[];
}

export interface Cursor {
  /** Where the word at the cursor begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly word: string;
  /** What the word may be here; both a key and an item where a list's item is begun. */
  readonly places: readonly Place[];
  /** Whether a colon stands behind it already. */
  readonly hasColon: boolean;
  /** Whether the cursor is inside brackets, where everything stays on one line. */
  readonly inFlow: boolean;
}

const WORD = /[A-Za-z0-9_./-]/;
const MARK = 'cursor_stands_here_0';
/** Longer files, and longer questions, are still edited, and not completed. */
const LONGEST = 300_000;
const LONGEST_QUESTION = 100_000;

/** Finds out where a cursor stands, by putting a word of its own there and looking where the parser finds it. */
export function cursorAt(text: string, position: number): Cursor | null {
  if (text.length > LONGEST) return null;
  let from = position;
  while (from > 0 && WORD.test(text[from - 1] ?? '')) from -= 1;
  // A dash before a space begins an item and no word.
  let to = position;
  while (to < text.length && WORD.test(text[to] ?? '')) to += 1;
  const line = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
  if (/(^|\s)#/.test(line)) return null;
  const near = questionAround(text, from);
  if (near.text.length > LONGEST_QUESTION) return null;
  const before = near.text.slice(0, near.position);
  const after = near.text.slice(near.position + to - from);
  const hasColon = /^["']?[ \t]*:(\s|$)/.test(after);
  const asItIs = placeOfMark(`${before}${MARK}${after}`);
  const bare = /^\s*(?:- +)*$/.test(line);
  const places: Place[] = [];
  if (bare && !hasColon) {
    const asKey =
      placeOfMark(`${before}${MARK}:${after}`) ?? placeOfMark(`${withoutBegun(before)}${MARK}:${after}`);
    if (asKey?.place.kind === 'key') places.push(asKey.place);
    if (asItIs?.place.kind === 'value' && (line.includes('-') || asKey === null)) places.push(asItIs.place);
  } else if (asItIs !== null) {
    places.push(asItIs.place);
  }
  if (places.length === 0) return null;
  return {
    from,
    to,
    word: text.slice(from, to),
    places,
    hasColon,
    inFlow: asItIs?.inFlow ?? false,
  };
}

const BEGUN = /^( *)(?![ #-])(?:(?!:(?:\s|$)).)*$/;

/** Lines above the last that are indented as it is and no fields yet: the parser takes them and it for one text. */
function withoutBegun(before: string): string {
  const lines = before.split('\n');
  const last = lines.pop() ?? '';
  while (BEGUN.exec(lines.at(-1) ?? '')?.[1] === last && lines.at(-1) !== '') lines.pop();
  return [...lines, last].join('\n');
}

interface Marked {
  readonly place: Place;
  readonly inFlow: boolean;
}

function placeOfMark(text: string): Marked | null {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  return search(document.contents, [], [], false);
}

const isMark = (node: unknown): boolean => isScalar(node) && node.value === MARK;

function search(
  node: Node | null | undefined,
  path: readonly (string | number)[],
  containers: readonly Container[],
  inFlow: boolean,
): Marked | null {
  if (isMark(node)) return { place: { kind: 'value', path, containers }, inFlow };
  if (isSeq<Node>(node)) {
    const list: Container = { kind: 'list', keys: [], plain: {} };
    for (const [at, item] of node.items.entries()) {
      const found = search(item, [...path, at], [...containers, list], inFlow || node.flow === true);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isMap<Node, Node | null>(node)) return null;
  const flow = inFlow || node.flow === true;
  const map = containerOf(node.items);
  for (const { key, value } of node.items) {
    if (isMark(key)) return { place: { kind: 'key', path, containers: [...containers, map] }, inFlow: flow };
    if (!isScalar(key)) continue;
    const found = search(value, [...path, String(key.value)], [...containers, map], flow);
    if (found !== null) return found;
  }
  return null;
}

function containerOf(items: readonly { key: Node; value: Node | null }[]): Container {
  const keys: string[] = [];
  const plain: Record<string, unknown> = {};
  for (const { key, value } of items) {
    if (!isScalar(key) || key.value === MARK || key.value === null) continue;
    const name = String(key.value);
    keys.push(name);
    if (isScalar(value) && value.value !== null && value.value !== MARK) plain[name] = value.value;
  }
  return { kind: 'map', keys, plain };
}
