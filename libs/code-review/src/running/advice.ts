/** What is not run, by the words it is told in, and how the same could be written so that it is. */
const ADVICE: readonly (readonly [told: RegExp, instead: string])[] = [
  [
    /a part of a tensor is assigned in place/,
    'collected in a list and joined with torch.stack it could be run',
  ],
  [/the elements of a tensor are changed in place/, 'written to a new tensor it could be run'],
  [/it is computed without gradients/, 'without torch.no_grad in the forward it could be run'],
  [/is computed from others before each call/, 'without weight_norm or spectral_norm it could be run'],
  [/has been changed in place/, 'without inplace=True there it could be run'],
  [/a function of the program has a way back of its own/, 'without torch.autograd.Function it could be run'],
];

/** Why something is not run, with what to do about it where that is known. */
export function advised(why: string): string {
  const instead = ADVICE.find(([told]) => told.test(why))?.[1];
  return instead === undefined ? why : `${why}; ${instead}`;
}
