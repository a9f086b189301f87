import { turnIn } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { onePerLoop, trainingLoops } from '../../ask/training.js';
import { statementAt } from '../../ask/tree.js';

export const clipOrder: Check = {
  id: 'clip-order',
  title: 'Gradients are clipped where they do not act',
  severity: 'warning',
  why: 'Clipping before backward() finds no gradients of this batch, and after step() it comes too late: large ones go through.',
  instead: 'Keep the order backward(), clip_grad_norm_(), step().',
  needs: 'A loop that computes gradients, clips them and steps, each once and under no condition.',
  wrong: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)  # <--
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)  # <--
`,
  ],
  right: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
`,
  ],
  *run(program) {
    if (!/clip_grad_(norm|value)_?\(/.test(program.source)) return;
    for (const { loop, backwards, steps } of onePerLoop(trainingLoops(program))) {
      const first = <T extends { readonly moment: Parameters<typeof turnIn>[0] }>(
        events: readonly T[],
      ): T[] => events.filter(({ moment }) => turnIn(moment, loop) === 0);
      const [backward, ...more] = first(backwards);
      const [step, ...others] = first(steps);
      if (backward === undefined || step === undefined || more.length > 0 || others.length > 0) continue;
      const clips = first(callsNamed(program, 'parameters')).filter(({ moment }) => {
        if (moment.span === undefined) return false;
        return /clip_grad_(norm|value)_?\(/.test(statementAt(program, moment.span)?.span.text ?? '');
      });
      const [clip, ...rest] = clips;
      if (clip === undefined || rest.length > 0) continue;
      if ([clip, backward, step].some(({ moment }) => moment.arm !== undefined)) continue;
      const isBetween = clip.moment.at > backward.moment.at && clip.moment.at < step.moment.at;
      const at = clip.moment.span && statementAt(program, clip.moment.span)?.span;
      if (isBetween || backward.moment.at > step.moment.at || at === undefined) continue;
      yield {
        at,
        message:
          clip.moment.at < backward.moment.at
            ? 'Gradients are clipped before backward() has computed them.'
            : 'Gradients are clipped after the step that has used them.',
        evidence: [
          places(['gradients are computed', backward.moment.span], ['the step is taken', step.moment.span]),
        ],
      };
    }
  },
};
