import type { Check } from '../../check.js';
import { functionsAround, loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';

const SAMPLE = (order: string): string => `
import torch
T = 1000
betas = torch.linspace(1e-4, 0.02, T)
alphas = 1 - betas
alpha_bar = torch.cumprod(alphas, 0)

@torch.no_grad()
def sample(model, shape):
    x = torch.randn(shape)
    for t in ${order}:
        noise = model(x, torch.full((shape[0],), t))
        x = (x - betas[t] / (1 - alpha_bar[t]).sqrt() * noise) / alphas[t].sqrt()
    return x
`;

export const denoisingOrder: Check = {
  id: 'denoising-order',
  title: 'Noise taken away from the first step to the last',
  severity: 'warning',
  why: 'Pure noise is what the last step of the schedule leaves, and has to be gone back over from there; begun at step 0, the network is told that there is nearly no noise.',
  instead: 'Go backwards: for t in reversed(range(T)).',
  needs:
    'A loop over range() of steps, after a tensor of normal numbers was drawn, that makes it anew from itself with the schedule at each step.',
  wrong: [SAMPLE('range(T)').replace('range(T):', 'range(T):  # <--')],
  right: [SAMPLE('reversed(range(T))'), SAMPLE('range(T - 1, -1, -1)')],
  *run(program) {
    if (!/beta|alpha/i.test(program.source) || !program.source.includes('randn')) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || loop.target.kind !== 'Name') continue;
      const step = loop.target.id;
      if (!/^(tqdm\()?range\([^,]*\)+$/.test(loop.iterable.span.text)) continue;
      const home = functionsAround(program, loop.span).at(-1);
      if (home === undefined || /-\s*1\s*-\s*\w|flip|revers|::\s*-1|-\s*t\b/.test(home.span.text)) continue;
      const body = statementsIn(loop.body);
      const text = loop.body.map(({ span }) => span.text).join('\n');
      if (!new RegExp(String.raw`\w*(beta|alpha)\w*\[\s*${step}\s*\]`, 'i').test(text)) continue;
      const denoised = body.find((one) => {
        const [name = ''] = targetsOf(one);
        if (one.kind !== 'Assign' || !/^\w+$/.test(name)) return false;
        const value = one.value.span.text;
        return (
          new RegExp(String.raw`\b${name}\s*-\s*[^\n]*\*`).test(value) &&
          value.includes('/') &&
          statementsIn(home.body).some(
            (other) =>
              other.span.end <= loop.span.start &&
              targetsOf(other).includes(name) &&
              /\brandn(_like)?\(/.test(other.span.text),
          )
        );
      });
      if (denoised === undefined) continue;
      yield {
        at: loop.iterable.span,
        message: `${step} rises from 0, where nearly no noise is left, and what is begun with is nothing but noise.`,
        evidence: [],
      };
    }
  },
};
