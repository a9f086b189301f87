import { countParameters, type Network } from '@tensormark/network';

/** Learned numbers, with and without biases: answers count either way. */
export interface Parameters {
  readonly all: bigint;
  readonly withoutBias: bigint;
}

/** The parameters of a network, or of what is below one path of it, each counted once however many names it has. */
export function parametersBelow(network: Network, path?: string): Parameters {
  const counted = (biases: boolean): bigint =>
    countParameters(network, { biases, runningStatistics: false, shared: 'once' }, path).parameters;
  return { all: counted(true), withoutBias: counted(false) };
}
