export type { BackendName, ComputeDevice, DeviceChoice, PassedOver } from './backends/backend.js';
export { openDevice, type DeviceSearch } from './open-device.js';
export type * from './plan/plan.js';
export * from './jobs/job.js';
export type * from './jobs/report.js';
export type * from './jobs/prepare.js';
export * from './probes/measurements.js';
export * from './training/settings.js';
