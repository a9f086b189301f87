import type { DeviceChoice } from './backends/backend.js';
import { openDevice } from './open-device.js';

/** The body of a throw-away process: looks for a device once, sends what it found to its parent, and ends. */
process.once('message', (choice: DeviceChoice) => {
  void openDevice(choice).then((search) => process.send?.(search, () => process.exit(0)));
});
