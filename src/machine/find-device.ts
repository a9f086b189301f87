import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ComputeDevice, DeviceChoice, DeviceSearch } from '@tensormark/execution';
import { Refused } from '../command.js';

const BACKEND_NAMES = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const;
const PassedOver = z.array(z.object({ backend: z.enum(BACKEND_NAMES), why: z.string() }));
const Search = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    device: z.object({
      backend: z.enum(BACKEND_NAMES),
      kind: z.enum(['gpu', 'cpu']),
      device: z.string(),
      versions: z.record(z.string(), z.string()),
    }),
    passedOver: PassedOver,
  }),
  z.object({ kind: z.literal('none'), passedOver: PassedOver }),
]);

const PATIENCE_MS = 20_000;

/**
 * Finds the compute device in a process of its own, so that a driver that crashes or hangs costs nothing but the
 * answer "none".
 */
export function findDevice(choice: DeviceChoice): Promise<DeviceSearch> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('../../libs/execution/src/probe.js', import.meta.url)), {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const none = (why: string): void =>
      resolve({ kind: 'none', passedOver: [{ backend: choice.only ?? 'cpu', why }] });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      none(`no answer within ${PATIENCE_MS / 1000} s`);
    }, PATIENCE_MS);
    child.once('message', (message) => {
      clearTimeout(timer);
      const search = Search.safeParse(message);
      if (search.success) resolve(search.data);
      else none('the device process sent something else than a device');
    });
    child.once('error', (error) => none(error.message));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      none(`the device process ended by itself (${signal ?? code})`);
    });
    child.send(choice);
  });
}

/** The wish in TENSORMARK_BACKEND, such as "wasm"; COMPUTE_ALLOW_SOFTWARE_GPU=1 admits a software GPU for tests. */
export function deviceChoice(environment: NodeJS.ProcessEnv): DeviceChoice {
  const wish = z
    .enum(BACKEND_NAMES)
    .optional()
    .safeParse(environment['TENSORMARK_BACKEND'] || undefined);
  if (!wish.success)
    throw new Refused(
      `TENSORMARK_BACKEND is none of the compute backends there are: ${BACKEND_NAMES.join(', ')}`,
    );
  const softwareGpu = environment['COMPUTE_ALLOW_SOFTWARE_GPU'] === '1';
  return wish.data === undefined ? { softwareGpu } : { only: wish.data, softwareGpu };
}

/** A device as one line for people: `NVIDIA H200 (GPU, webgpu)`. */
export function describeDevice(device: ComputeDevice): string {
  return `${device.device} (${device.kind === 'gpu' ? 'GPU' : 'no GPU'}, ${device.backend})`;
}
