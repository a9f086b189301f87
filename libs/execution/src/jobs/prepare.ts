import type { Network } from '@tensormark/network';

/** Traces the network anew: at another batch size, in another mode, with inputs of other sizes. */
export type Retrace = (request: TraceRequest) => Network | undefined;

export interface TraceRequest {
  readonly batch: number;
  readonly training: boolean;
  /** Shapes of the inputs without their batch, where they are to be other than those given. */
  readonly inputs?: readonly (readonly number[])[];
}
