export type { BackendName, ComputeDevice } from './backends/backend.js';
export { openDevice, type DeviceChoice, type DeviceSearch, type PassedOver } from './open-device.js';
