/** Error: cannot work. Warning: runs, and is very likely wrong. Design: works, could be better. Remark: worth knowing. */
export type Severity = 'error' | 'warning' | 'design' | 'remark';

/** A piece of the file under review; lines and columns count from 1, the end column is the first after it. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What a finding rests on. */
export type Evidence =
  | {
      readonly kind: 'shapes';
      readonly shapes: readonly { readonly what: string; readonly shape: readonly number[] }[];
    }
  | {
      readonly kind: 'numbers';
      readonly numbers: readonly { readonly what: string; readonly value: number }[];
    }
  | { readonly kind: 'places'; readonly places: readonly (Region & { readonly what: string })[] }
  /** What PyTorch or Python raises; `exact` where the words are theirs to the letter. */
  | { readonly kind: 'error'; readonly type: string; readonly message: string; readonly exact: boolean }
  | { readonly kind: 'curve'; readonly what: string; readonly values: readonly number[] };

/** Replaces a region by a text. Only given where nothing else depends on what is replaced. */
export interface Fix extends Region {
  readonly what: string;
  readonly text: string;
}

export interface Finding extends Region {
  readonly check: string;
  readonly severity: Severity;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** One sentence: why it matters. */
  readonly why: string;
  /** What to do instead. */
  readonly instead: string;
  readonly evidence: readonly Evidence[];
  readonly fix?: Fix;
}
