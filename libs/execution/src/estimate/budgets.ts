import type { ComputeDevice } from '../backends/backend.js';
import { EXECUTION_BUDGETS, type ExecutionBudgets } from '../jobs/job.js';

/** What planning has to know of the device that a job is for. */
export type PlannedDevice = Pick<ComputeDevice, 'backend' | 'kind'>;

/**
 * A data centre's or a desktop's card does trillions of multiply-accumulates a second, of which TensorFlow.js gets a good
 * part: a pass of fifteen billion leaves time for two hundred of them, and is ResNet-18 on 64 images of 64 by 64 with room
 * to spare. The estimate of bytes is generous, and a card with less says so, whereupon a smaller run is planned.
 */
const GPU: Partial<ExecutionBudgets> = {
  bytes: 12_000_000_000,
  multiplyAccumulates: 40_000_000_000,
  comfortable: 15_000_000_000,
};

/** Plain JavaScript is forty times slower than WebAssembly at best. */
const JAVASCRIPT: Partial<ExecutionBudgets> = { comfortable: 2_000_000 };

/** What one run may take on a device; what suits WebAssembly where none is known. A software GPU is a processor. */
export function budgetsOn(device: PlannedDevice | undefined): ExecutionBudgets {
  if (device?.kind === 'gpu') return { ...EXECUTION_BUDGETS, ...GPU };
  return device?.backend === 'cpu' ? { ...EXECUTION_BUDGETS, ...JAVASCRIPT } : EXECUTION_BUDGETS;
}
