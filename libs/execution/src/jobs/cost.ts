/** What running a network costs, worked out from its shapes. */
export interface Estimate {
  readonly multiplyAccumulates: number;
  readonly bytes: number;
  readonly parameters: number;
  /** The largest single tensor, in bytes. */
  readonly largestTensor: number;
  readonly steps: number;
}

/** A network is run smaller than it was given, because it would cost too much. */
export interface Scaling {
  readonly from: { readonly batch: number; readonly inputs: readonly (readonly number[])[] };
  readonly to: { readonly batch: number; readonly inputs: readonly (readonly number[])[] };
  /** For people. */
  readonly why: string;
}
