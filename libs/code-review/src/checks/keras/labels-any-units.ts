import { otherWord } from '../../ask/keras.js';
import type { Trained, Taught } from '../../ask/keras.js';
import type { Fix, Severity } from '../../finding.js';

/** What is wrong with labels and a loss. */
export interface Wrong {
  readonly message: string;
  /** What a person would change first. */
  readonly change: 'loss' | 'last layer' | 'labels';
  readonly severity: Severity;
  readonly fix?: Fix | undefined;
}

/** What is wrong however many units the last layer has: a softmax, or several scores, over classes of which there is one number an example. */
export function withAnyUnits(
  name: string,
  activation: string | undefined,
  { targets, shape }: Taught['targets'],
  { moment, loss }: Trained['compiled'],
): Wrong | undefined {
  const isChoice = activation === 'softmax' || (activation === 'linear' && loss?.fromLogits === true);
  if (!isChoice || targets === undefined || shape === undefined) return undefined;
  if (name === 'categorical_crossentropy' && targets.kind === 'classes' && shape.length === 1)
    return {
      message: 'The labels are class numbers, and categorical_crossentropy takes a column a class.',
      change: 'loss',
      severity: 'error',
      fix: otherWord(moment.span, name, 'sparse_categorical_crossentropy'),
    };
  return name === 'sparse_categorical_crossentropy' &&
    targets.kind === 'one-hot' &&
    targets.isOneColumnOfTwo !== true &&
    shape.length === 2
    ? {
        message: 'The labels have a column a class, and sparse_categorical_crossentropy takes class numbers.',
        change: 'loss',
        severity: 'error',
        fix: otherWord(moment.span, name, 'categorical_crossentropy'),
      }
    : undefined;
}
