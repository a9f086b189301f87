import { formulaCheck } from './formula.js';

const PSNR = (ratio: string): string => `
import torch

def psnr(one, other):
    mse = torch.mean((one - other) ** 2)
    return ${ratio}
`;

const TENTH = 10 / Math.LN10;

export const peakSignal = formulaCheck({
  id: 'signal-to-noise-form',
  title: 'A ratio of signal to noise with a slip in it',
  why: 'It is 10 log₁₀(max² / MSE), which is 20 log₁₀(max / RMSE): with the other factor, another logarithm or the wrong sign it is not in decibels.',
  instead: 'Write 10 * torch.log10(peak ** 2 / mse).',
  needs: 'A logarithm of a mean squared difference, with a slip in one place.',
  source: 'Huynh-Thu and Ghanbari 2008, Scope of validity of PSNR, equation 1',
  speaksOf: /psnr/i,
  forms: [
    `k - ${TENTH}*log(mean((a - b)**2))`,
    `-${TENTH}*log(mean((a - b)**2))`,
    `2*${TENTH}*log(p) - ${TENTH}*log(mean((a - b)**2))`,
  ],
  numbers: ['k'],
  isExact: true,
  slips: [
    {
      form: `k - ${2 * TENTH}*log(mean((a - b)**2))`,
      says: '20 times the logarithm of the mean square counts it twice: 10 times that, or 20 times of its root, is meant.',
      when: ({ scale }) => scale === 1,
    },
    {
      form: `-${2 * TENTH}*log(mean((a - b)**2))`,
      says: '20 times the logarithm of the mean square counts it twice: 10 times that, or 20 times of its root, is meant.',
      when: ({ scale }) => scale === 1,
    },
    {
      form: `${TENTH}*log(mean((a - b)**2))`,
      says: 'The less the pictures differ the smaller this is: the ratio is turned over, or a minus is missing.',
      when: ({ scale }) => scale === 1,
    },
    {
      form: `k + ${TENTH}*log(mean((a - b)**2))`,
      says: 'The less the pictures differ the smaller this is: the ratio is turned over, or a minus is missing.',
      when: ({ scale }) => scale === 1,
    },
  ],
  wrong: [PSNR('20 * torch.log10(1.0 / mse)  # <--'), PSNR('10 * torch.log10(mse / 255.0 ** 2)  # <--')],
  right: [PSNR('10 * torch.log10(1.0 / mse)'), PSNR('20 * torch.log10(255.0 / torch.sqrt(mse))')],
});
