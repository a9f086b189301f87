import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Backend } from './backend.js';

const NodeBackend = z.object({ isUsingGpuDevice: z.boolean() });

/**
 * TensorFlow's own library through `@tensorflow/tfjs-node-gpu` (CUDA 11.2). Its libraries are fetched by hand on a GPU
 * host; where they are not, or where it fell back to the processor by itself, it is not available.
 */
export const tensorflow: Backend = {
  name: 'tensorflow',
  async open() {
    const require = createRequire(import.meta.url);
    try {
      require(process.env['TFJS_NATIVE'] ?? '@tensorflow/tfjs-node-gpu');
    } catch (error) {
      const [why] = String(error instanceof Error ? error.message : error).split(/\n| at path/);
      return { kind: 'unavailable', why: `@tensorflow/tfjs-node-gpu is not ready to use (${why})` };
    }
    if (!(await tf.setBackend('tensorflow').catch(() => false))) {
      return { kind: 'unavailable', why: '@tensorflow/tfjs-node-gpu did not register its backend' };
    }
    await tf.ready();
    const state = NodeBackend.safeParse(tf.backend());
    if (!state.success || !state.data.isUsingGpuDevice) {
      return { kind: 'unavailable', why: 'TensorFlow found no CUDA device' };
    }
    return {
      kind: 'open',
      device: {
        backend: 'tensorflow',
        kind: 'gpu',
        device: 'CUDA',
        versions: { 'tfjs-core': tf.version_core },
      },
    };
  },
};
