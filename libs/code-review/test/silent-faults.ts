import { fault, type Fault } from './faults.js';

const CRITIC = 'actor-critic-rollouts.py';
const AGENT = 'agent-with-a-memory.py';
const BEST = 'stopped-early-at-the-best.py';
const TEACHER = 'distilled-from-a-teacher.py';
const VAE = 'compression-summed.py';
const SCALED = 'scaled-and-clipped.py';

/** Faults of posts that raise no error: what is learned or told is another thing than what was meant. */
export const SILENT_FAULTS: readonly Fault[] = [
  fault(
    CRITIC,
    'advantage-of-crossed-shapes',
    'silent-broadcast',
    'values.squeeze(-1).detach()',
    'values.detach()',
    'adv = ref_v',
  ),
  fault(
    CRITIC,
    'advantage-teaches-the-critic',
    'advantage-not-detached',
    'values.squeeze(-1).detach()',
    'values.squeeze(-1)',
    'policy_loss =',
  ),
  fault(
    CRITIC,
    'scores-given-as-probabilities',
    'distribution-arguments',
    'Categorical(logits=logits)',
    'Categorical(logits)',
  ),
  fault(AGENT, 'column-against-row', 'silent-broadcast', 'target.unsqueeze(1)', 'target', 'loss = self.loss'),
  fault(VAE, 'divergence-as-a-plain-number', 'term-cut', '+ kl) / img', '+ kl.item()) / img'),
  fault(AGENT, 'end-of-episode-ignored', 'end-ignored', ' * best * (1 - d)', ' * best', 'target = r'),
  fault(AGENT, 'end-of-episode-added', 'mask-added', ' * best * (1 - d)', ' * (1 - d) + best', 'target = r'),
  fault(
    BEST,
    'best-weights-without-a-copy',
    'best-not-copied',
    'copy.deepcopy(model.state_dict())',
    'model.state_dict()',
    'best_weights = model',
  ),
  fault(
    BEST,
    'best-figure-never-kept',
    'best-not-updated',
    '        best_loss = val\n',
    '',
    'if val < best_loss',
  ),
  fault(BEST, 'patience-over-the-whole-run', 'patience-not-reset', '        waited = 0\n', '', 'waited += 1'),
  fault(TEACHER, 'teacher-in-training-mode', 'teacher-mode', '    teacher.eval()\n', '', 't = teacher(x)'),
  fault(VAE, 'noise-by-the-variance', 'sampling-std', 'torch.exp(0.5 * logvar)', 'torch.exp(logvar)'),
  fault(
    SCALED,
    'scaled-gradients-clipped',
    'clip-scaled',
    '        scaler.unscale_(opt)\n',
    '',
    'torch.nn.utils.clip_grad',
  ),
  fault(SCALED, 'scale-never-updated', 'scaler-use', '        scaler.update()\n', '', 'scaler.step(opt)'),
  fault(
    SCALED,
    'schedule-for-epochs-each-batch',
    'scheduler-step',
    '        scaler.update()\n    sched.step()',
    '        scaler.update()\n        sched.step()',
    'sched.step()',
  ),
];
