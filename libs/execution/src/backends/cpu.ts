import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { Backend } from './backend.js';

/** Plain JavaScript: always there, right, and slow. */
export const cpu: Backend = {
  name: 'cpu',
  async open() {
    await tf.setBackend('cpu');
    await tf.ready();
    return {
      kind: 'open',
      device: {
        backend: 'cpu',
        kind: 'cpu',
        device: 'JavaScript',
        versions: { 'tfjs-core': tf.version_core },
      },
    };
  },
};
