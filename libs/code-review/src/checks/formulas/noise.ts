import { foreignCall } from '@tensormark/frameworks';
import { valueIn } from '../../algebra/read.js';
import type { RoleTest } from './formula.js';

const NORMAL = /(^|\.|_)(randn|randn_like|normal|normal_|standard_normal|random_normal|gauss)$/;
const NAMED = /^(eps|epsilon|noise|z_?noise)(_\w+)?$/i;

/** Whether it was drawn from a normal distribution, or is called noise where that is not known. */
export const isNoise: RoleTest = (of, { nameOf }) => {
  const value = valueIn(of);
  if (value === undefined) return false;
  const { made } = value;
  const by = made.kind === 'fresh' ? made.by : made.kind === 'operation' ? made.name : undefined;
  return (
    NORMAL.test(foreignCall(value)?.name ?? by ?? '') || (made.kind !== 'fresh' && NAMED.test(nameOf(of)))
  );
};
