import type { LossComputed, Program } from '@tensormark/frameworks';
import { eventsOf } from './events.js';

/**
 * Losses of the given names that were computed on something known, each place in the program once: one within a function
 * once for each place that the function is called from.
 */
export function lossesNamed(program: Program, ...names: readonly string[]): LossComputed[] {
  const seen = new Set<string>();
  return eventsOf(program, 'loss').filter((loss) => {
    const { span, activation } = loss.moment;
    if (!names.includes(loss.name) || loss.input === undefined || span === undefined) return false;
    const key = `${span.start}<${activation?.calledAt?.start ?? -1}<${activation?.outer?.calledAt?.start ?? -1}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** `CrossEntropyLoss` or `F.cross_entropy`, as the program has it. */
export function titleOf({ module, name }: LossComputed): string {
  return module === undefined ? `F.${name}` : `nn.${module.type}`;
}

/** Whether a loss of PyTorch's is the mean of what it is given: as it was asked to be, or as it is unless asked otherwise. */
export function isMean({ args, module }: LossComputed): boolean {
  const given = module === undefined ? args.named.get('reduction') : module.layer?.config['reduction'];
  const old = args.named.has('size_average') || args.named.has('reduce');
  return !old && (given === 'mean' || (given === undefined && args.positional.length <= 2));
}
