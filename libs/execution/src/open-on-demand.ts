import type { DeviceChoice } from './backends/backend.js';
import type { DeviceSearch } from './open-device.js';

/** Opens a device; TensorFlow.js is loaded only now, so that nobody else waits for it. */
export async function openDevice(choice: DeviceChoice = {}): Promise<DeviceSearch> {
  const { openDevice: open } = await import('./open-device.js');
  return open(choice);
}
