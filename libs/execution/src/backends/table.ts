import type { Backend, BackendName } from './backend.js';

/** Every backend, best first; each is loaded only when it is tried. */
export const BACKENDS: readonly { readonly name: BackendName; load(): Promise<Backend> }[] = [
  { name: 'tensorflow', load: async () => (await import('./tensorflow.js')).tensorflow },
  { name: 'webgpu', load: async () => (await import('./webgpu.js')).webgpu },
  { name: 'wasm', load: async () => (await import('./wasm.js')).wasm },
  { name: 'cpu', load: async () => (await import('./cpu.js')).cpu },
];
