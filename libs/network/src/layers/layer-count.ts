import { raiseAlike } from '../values/errors.js';

/** Far past any network that is built, and short of filling the memory. */
const MOST_LAYERS = 10_000;

/** @throws Raised for more layers than are read */
export function checkLayerCount(count: number): void {
  if (count > MOST_LAYERS)
    raiseAlike('RuntimeError', `${count} layers are more than the ${MOST_LAYERS} that are read`);
}
