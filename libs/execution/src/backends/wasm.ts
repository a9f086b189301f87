import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import type { Backend } from './backend.js';

/** WebAssembly on one processor core: the everyday fallback where there is no GPU. */
export const wasm: Backend = {
  name: 'wasm',
  async open() {
    const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
    setWasmPaths(folder + sep);
    if (!(await tf.setBackend('wasm').catch(() => false))) {
      return { kind: 'unavailable', why: 'the WebAssembly kernels of TensorFlow.js could not be loaded' };
    }
    await tf.ready();
    return {
      kind: 'open',
      device: {
        backend: 'wasm',
        kind: 'cpu',
        device: 'WebAssembly',
        versions: { 'tfjs-core': tf.version_core, 'tfjs-backend-wasm': version_wasm },
      },
    };
  },
};
