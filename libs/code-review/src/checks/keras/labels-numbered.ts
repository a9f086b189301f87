import type { Compiled } from '@tensormark/frameworks';
import { otherWord } from '../../ask/keras.js';
import type { Wrong } from './labels-any-units.js';

/** Whether whole numbers that are written down are all numbers of so many classes, whichever of them occur. */
export function areNumbersOf(classes: number, elements: readonly number[] | undefined): boolean {
  return classes > 1 && elements?.every((one) => Number.isInteger(one) && one >= 0 && one < classes) === true;
}

/** Class numbers where a column a class is taken. */
export function numbered({ moment }: Compiled): Wrong {
  return {
    message: 'The labels are class numbers, and categorical_crossentropy takes a column a class.',
    change: 'loss',
    severity: 'error',
    fix: otherWord(moment.span, 'categorical_crossentropy', 'sparse_categorical_crossentropy'),
  };
}
