import * as tf from '@tensorflow/tfjs-core';
import type { ComputeDevice, DeviceChoice, DeviceGuard, PassedOver } from './backends/backend.js';
import { BACKENDS } from './backends/table.js';
import { largestErrorOfKnownAnswer } from './known-answer.js';

// Keeps TensorFlow.js from printing its advertisement for another backend.
tf.enableProdMode();

/** Float32 sums of 18 terms of size 2 stay far below this on every sound device. */
const TOLERANCE = 1e-3;

export type DeviceSearch =
  | { readonly kind: 'found'; readonly device: ComputeDevice; readonly passedOver: readonly PassedOver[] }
  | { readonly kind: 'none'; readonly passedOver: readonly PassedOver[] };

/** A device that was found, with its watch where it needs one. */
export interface GuardedDevice {
  readonly search: DeviceSearch;
  readonly guard?: DeviceGuard;
}

/**
 * Opens the best backend that is here and gets a known answer right, and leaves it as TensorFlow.js's current one.
 * Call it in a process of its own: a device that misbehaves can take its process down.
 */
export async function openDevice(choice: DeviceChoice = {}): Promise<DeviceSearch> {
  const { search } = await openGuarded(choice);
  return search;
}

/** The same, with the device's watch. */
export async function openGuarded(choice: DeviceChoice = {}): Promise<GuardedDevice> {
  const passedOver: PassedOver[] = [];
  for (const { name, load } of BACKENDS) {
    if (choice.only !== undefined && choice.only !== name) continue;
    try {
      const backend = await load();
      const opened = await backend.open({ softwareGpu: choice.softwareGpu ?? false });
      if (opened.kind === 'unavailable') {
        passedOver.push({ backend: name, why: opened.why });
        continue;
      }
      const error = await largestErrorOfKnownAnswer();
      if (error < TOLERANCE) {
        const search = { kind: 'found', device: opened.device, passedOver } as const;
        return opened.guard ? { search, guard: opened.guard } : { search };
      }
      passedOver.push({ backend: name, why: `${opened.device.device} got a known answer wrong by ${error}` });
    } catch (error) {
      passedOver.push({ backend: name, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return { search: { kind: 'none', passedOver } };
}
