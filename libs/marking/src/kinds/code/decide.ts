import type { ModelReading } from '@tensormark/frameworks';
import { countParameters, isCall, tensorsOf, type Network } from '@tensormark/network';
import { residualConnection } from './residual.js';
import type { Requirement } from './requirement.js';

/** What reading the code says of one requirement; `undecided` where it cannot tell. */
export interface Decision {
  readonly outcome: 'met' | 'not-met' | 'undecided';
  readonly says: string;
  /** The line of the answer it rests on. */
  readonly line?: number;
}

/** Decides one requirement from what was read. What was not followed to its end is never held against the work. */
export function decide(requirement: Requirement, reading: ModelReading): Decision {
  const { network } = reading;
  if (requirement.check === 'reads-without-error') return readsWithoutError(reading);
  if (network === undefined) return { outcome: 'undecided', says: 'No network could be read from the code.' };
  switch (requirement.check) {
    case 'output-shape':
      return outputShape(requirement.shape, reading, network);
    case 'parameter-budget':
      return parameterBudget(requirement, reading, network);
    case 'uses':
      return uses(requirement.layers, reading, network);
    case 'residual-connection':
      return residual(reading, network);
  }
}

/** What could not be known of the network; unknowns that it does not depend on (plots, data) are no matter here. */
function unknownsOf({ unknowns }: ModelReading): ModelReading['unknowns'] {
  return unknowns.filter(({ bears }) => bears === 'network');
}

function readsWithoutError(reading: ModelReading): Decision {
  const { syntaxErrors, errors, network, outputs } = reading;
  const [syntax] = syntaxErrors;
  if (syntax !== undefined)
    return { outcome: 'not-met', says: `${syntax.type}: ${syntax.message}`, line: syntax.span.line };
  const error = errors.find(({ unsure }) => unsure !== true);
  if (error !== undefined) {
    return { outcome: 'not-met', says: `${error.type}: ${error.message}`, line: error.place.line };
  }
  const [unknown] = unknownsOf(reading);
  if (unknown !== undefined) {
    return {
      outcome: 'undecided',
      says: `Not everything could be followed: ${unknown.what}`,
      line: unknown.line,
    };
  }
  if (network === undefined || outputs === undefined) {
    return {
      outcome: 'undecided',
      says: 'The code was read, but no network with a forward pass was found in it.',
    };
  }
  return {
    outcome: 'met',
    says: 'The network was read and its forward pass followed to the end without an error.',
  };
}

/** The forward pass is trusted only where nothing in it was in error or unknown. */
function forwardIsSure(reading: ModelReading): boolean {
  const { syntaxErrors, errors } = reading;
  return syntaxErrors.length === 0 && errors.length === 0 && unknownsOf(reading).length === 0;
}

function outputShape(expected: readonly number[], reading: ModelReading, network: Network): Decision {
  const outputs = tensorsOf(network.output);
  const [output] = outputs;
  if (output === undefined)
    return { outcome: 'undecided', says: 'The forward pass could not be followed to its output.' };
  const shape = output.shape.slice(1);
  const shown = `[N, ${shape.join(', ')}]`;
  if (!forwardIsSure(reading))
    return { outcome: 'undecided', says: `The output seems to be ${shown}, but not all was followed.` };
  if (outputs.length > 1)
    return {
      outcome: 'undecided',
      says: `The forward pass gives ${outputs.length} tensors, the first ${shown}.`,
    };
  const same = shape.length === expected.length && shape.every((size, at) => size === expected[at]);
  return {
    outcome: same ? 'met' : 'not-met',
    says: same
      ? `The output is ${shown}.`
      : `The output is ${shown}; asked for is [N, ${expected.join(', ')}].`,
  };
}

function parameterBudget(
  { atMost, atLeast = 0 }: Extract<Requirement, { check: 'parameter-budget' }>,
  reading: ModelReading,
  network: Network,
): Decision {
  const { parameters: total } = countParameters(network);
  const shown = total.toLocaleString('en-GB');
  if (!forwardIsSure(reading)) {
    return {
      outcome: 'undecided',
      says: `At least ${shown} parameters were counted, but not all was followed.`,
    };
  }
  if (total > BigInt(atMost)) {
    return {
      outcome: 'not-met',
      says: `The network has ${shown} parameters, more than ${atMost.toLocaleString('en-GB')}.`,
    };
  }
  if (total < BigInt(atLeast)) {
    return {
      outcome: 'not-met',
      says: `The network has ${shown} parameters, fewer than ${atLeast.toLocaleString('en-GB')}.`,
    };
  }
  return { outcome: 'met', says: `The network has ${shown} parameters.` };
}

function uses(layers: readonly string[], reading: ModelReading, network: Network): Decision {
  const wanted = new Set(layers);
  const node = network.nodes.filter(isCall).find(({ operation }) => wanted.has(operation));
  if (node !== undefined) {
    return {
      outcome: 'met',
      says: `Uses ${node.operation}.`,
      ...(node.place === undefined ? {} : { line: node.place.line }),
    };
  }
  return {
    outcome: forwardIsSure(reading) ? 'not-met' : 'undecided',
    says: `${layers.join(' or ')} is not used in what was followed of the forward pass.`,
  };
}

function residual(reading: ModelReading, network: Network): Decision {
  const node = residualConnection(network);
  if (node !== undefined) {
    return {
      outcome: 'met',
      says: 'A tensor is added to what was computed from it.',
      ...(node.place === undefined ? {} : { line: node.place.line }),
    };
  }
  return {
    outcome: forwardIsSure(reading) ? 'not-met' : 'undecided',
    says: 'No addition joins a tensor with what was computed from it.',
  };
}
