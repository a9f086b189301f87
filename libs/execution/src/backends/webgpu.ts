import * as tf from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { create, globals } from 'webgpu';
import type { Backend, DeviceGuard } from './backend.js';

/**
 * WebGPU through Dawn, which the `webgpu` package carries: Vulkan, Metal or Direct3D. Belongs in a process of its own:
 * ending a busy one from within takes the whole process down.
 */
export const webgpu: Backend = {
  name: 'webgpu',
  async open({ softwareGpu }) {
    Object.assign(globalThis, globals);
    const dawn = create([]);
    offer(dawn);
    const adapter = await dawn.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null)
      return { kind: 'unavailable', why: 'no Vulkan, Metal or Direct3D device was found' };
    const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
    const name =
      description || device || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed device';
    if (isFallbackAdapter && !softwareGpu) {
      return { kind: 'unavailable', why: `${name} is a software device, slower than WebAssembly` };
    }
    const limits = adapter.limits;
    const gpu = await adapter.requestDevice({
      requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
      requiredLimits: {
        maxBufferSize: limits.maxBufferSize,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      },
    });
    // Small tensors would run on the processor otherwise, and "on the GPU" would not be true.
    tf.env().set('WEBGPU_CPU_FORWARD', false);
    tf.registerBackend('webgpu', () => new WebGPUBackend(gpu, adapter.info), 3);
    if (!(await tf.setBackend('webgpu')))
      return { kind: 'unavailable', why: `TensorFlow.js refused ${name}` };
    await tf.ready();
    return {
      kind: 'open',
      guard: guardOf(gpu),
      device: {
        backend: 'webgpu',
        kind: isFallbackAdapter ? 'cpu' : 'gpu',
        device: isFallbackAdapter ? `${name} (software)` : name,
        versions: { 'tfjs-core': tf.version_core },
      },
    };
  },
};

/** TensorFlow.js takes WebGPU to be there only where `navigator.gpu` is; Node has a navigator from version 21. */
function offer(gpu: GPU): void {
  const known: unknown = Reflect.get(globalThis, 'navigator');
  if (typeof known === 'object' && known !== null)
    Reflect.defineProperty(known, 'gpu', { value: gpu, configurable: true });
  else Reflect.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
}

const SCOPES = ['validation', 'out-of-memory', 'internal'] as const;

/** TensorFlow.js never looks at WebGPU's errors; this does. */
function guardOf(gpu: GPUDevice): DeviceGuard {
  let lost: string | undefined;
  const uncaptured: string[] = [];
  const watch = async (): Promise<void> => {
    const { reason, message } = await gpu.lost;
    lost = message || reason || 'the device was lost';
  };
  void watch();
  gpu.addEventListener('uncapturederror', (event) => uncaptured.push(event.error.message));
  return {
    largestTensor: gpu.limits.maxStorageBufferBindingSize,
    begin() {
      uncaptured.length = 0;
      for (const scope of SCOPES) gpu.pushErrorScope(scope);
    },
    async end() {
      const errors: string[] = [];
      for (const _ of SCOPES) {
        const error = await gpu.popErrorScope().catch((failure: unknown) => ({ message: String(failure) }));
        if (error) errors.push(error.message);
      }
      return [...errors, ...uncaptured.splice(0)];
    },
    lost: () => lost,
  };
}
