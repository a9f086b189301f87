/** A regular expression as a tree. */
export type Node =
  | { readonly kind: 'char'; readonly test: (char: string) => boolean }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly item: Node;
      readonly min: number;
      readonly max: number;
      readonly mode: 'greedy' | 'lazy' | 'possessive';
    }
  | { readonly kind: 'group'; readonly index: number; readonly item: Node }
  | { readonly kind: 'back'; readonly index: number; readonly ignoreCase: boolean }
  | {
      readonly kind: 'look';
      readonly item: Node;
      readonly negated: boolean;
      /** How far before the place it begins; undefined where it looks ahead. */
      readonly behind: number | undefined;
    }
  | { readonly kind: 'atomic'; readonly item: Node }
  | { readonly kind: 'condition'; readonly index: number; readonly yes: Node; readonly no: Node }
  | { readonly kind: 'place'; readonly holds: (subject: Subject, at: number) => boolean };

/** The text that is matched, by code points. */
export type Subject = string | readonly string[];

/** A whole pattern: its tree, its groups, and its flags with those written inside. */
export interface Pattern {
  readonly root: Node;
  readonly groupCount: number;
  readonly names: ReadonlyMap<string, number>;
  readonly flags: Flags;
}

/** Which flags hold, by CPython's letters. */
export interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
  readonly a: boolean;
}

/** What is wrong with a pattern, and where. */
export class PatternError {
  constructor(
    readonly message: string,
    readonly position: number,
  ) {}
}

/** How many characters a tree takes, at least and at most. */
export function widthOf(node: Node): readonly [number, number] {
  switch (node.kind) {
    case 'char':
      return [1, 1];
    case 'sequence': {
      const widths = node.items.map(widthOf);
      return [widths.reduce((sum, [low]) => sum + low, 0), widths.reduce((sum, [, high]) => sum + high, 0)];
    }
    case 'choice': {
      const widths = node.options.map(widthOf);
      return [Math.min(...widths.map(([low]) => low)), Math.max(...widths.map(([, high]) => high))];
    }
    case 'repeat': {
      const [low, high] = widthOf(node.item);
      return [low * node.min, high === 0 ? 0 : high * node.max];
    }
    case 'group':
    case 'atomic':
      return widthOf(node.item);
    case 'back':
      return [0, Infinity];
    case 'condition': {
      const [a, b] = [widthOf(node.yes), widthOf(node.no)];
      return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
    }
    default:
      return [0, 0];
  }
}
