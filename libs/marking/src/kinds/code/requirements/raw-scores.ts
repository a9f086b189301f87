import { tensorsOf, type Network } from '@tensormark/network';
import { z } from 'zod';
import { asWritten } from '../computing/called-by.js';
import { rawness, type Rawness } from '../computing/raw.js';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const RawScores = z.strictObject({
  ...requirementFields,
  check: z
    .literal('raw-scores')
    .describe('What comes out are raw scores (logits), on which no softmax or sigmoid has been put'),
});

/** What comes out went through no softmax or sigmoid; any other activation at the end is for a person. */
export const rawScores: Decide<z.infer<typeof RawScores>> = (_, { network, isSure, inTraining }) => {
  const [first, ...others] = outputsOf(network);
  if (first === undefined)
    return { outcome: 'undecided', says: 'The forward pass could not be followed to its output.' };
  if (others.some(({ kind }) => kind !== first.kind))
    return {
      outcome: 'undecided',
      says: `Of the ${others.length + 1} tensors that come out some are raw scores and some may not be; which one counts is for a person.`,
    };
  const at = first.by === undefined ? {} : lineOf(first.by);
  const made = first.by === undefined ? 'what could not be told' : asWritten(first.by);
  if (first.kind === 'squashed') {
    const trained = inTraining().network;
    if (trained !== undefined && outputsOf(trained).some(({ kind }) => kind !== 'squashed'))
      return {
        outcome: 'undecided',
        says: `What comes out has been through ${made} in evaluation, but not in training; that is for a person.`,
        ...at,
      };
    return {
      outcome: isSure ? 'not-met' : 'undecided',
      says: `What comes out has been through ${made}, and is no raw score any more.`,
      ...at,
    };
  }
  if (!isSure || first.kind === 'unknown')
    return {
      outcome: 'undecided',
      says: `What comes out is made by ${made}; whether these are raw scores is for a person.`,
      ...at,
    };
  return { outcome: 'met', says: `What comes out is made by ${made}, with nothing put on it.` };
};

function outputsOf(network: Network): Rawness[] {
  return tensorsOf(network.output).map(({ node }) => rawness(node, network));
}
