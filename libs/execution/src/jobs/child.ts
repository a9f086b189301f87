import type { DeviceChoice } from '../backends/backend.js';
import { openGuarded, type DeviceSearch, type GuardedDevice } from '../open-device.js';
import { DeviceFault, executeJob } from './execute.js';
import type { ExecutionJob } from './job.js';
import type { ExecutionReport } from './report.js';

/**
 * The body of a process that runs jobs one after the other on the device it opened for the first. What goes wrong ends
 * in a report of a fault, after which its parent starts another.
 */
export type ToChild = { readonly job?: ExecutionJob; readonly device: DeviceChoice };
export type FromChild =
  | { readonly kind: 'report'; readonly report: ExecutionReport }
  /** Where no job was given: the device that it will run on. */
  | { readonly kind: 'opened'; readonly search: DeviceSearch };

let opened: Promise<GuardedDevice> | undefined;

async function answer({ job, device }: ToChild): Promise<FromChild> {
  opened ??= openGuarded(device);
  const found = await opened;
  if (job === undefined) return { kind: 'opened', search: found.search };
  return { kind: 'report', report: await report(job, found) };
}

async function report(job: ExecutionJob, { search, guard }: GuardedDevice): Promise<ExecutionReport> {
  if (search.kind === 'none') {
    const why = search.passedOver.map(({ backend, why }) => `${backend}: ${why}`).join('; ');
    return { kind: 'fault', fault: 'no-device', message: why };
  }
  try {
    return await executeJob(job, { search, ...(guard && { guard }), now: () => performance.now() });
  } catch (error) {
    const fault = error instanceof DeviceFault ? error.fault : 'internal';
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'fault', fault, message, device: search.device };
  }
}

process.on('message', (message: ToChild) => {
  void answer(message).then((told) => process.send?.(told));
});
process.on('disconnect', () => process.exit(0));
