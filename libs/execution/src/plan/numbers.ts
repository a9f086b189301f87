import type { PlanNumber } from './plan.js';

/** A number as JSON can hold it. */
export function plainNumber(value: number): PlanNumber {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

export function numberOf(value: PlanNumber): number {
  return Number(value);
}
