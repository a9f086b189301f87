import { BUNDLED, FOLDER } from './test/libraries/names.mjs';

/** Jest runs the TypeScript sources as native ES modules (Nest 12 is ESM only). */
export default {
  testEnvironment: 'node',
  // Slow is not wrong: three files of tests, a browser and a compiler may share two processors. What hangs is found all the same.
  testTimeout: 120_000,
  // Of two processors two workers leave a third unused: many tests wait for a browser, a database or a started server.
  maxWorkers: 3,
  // Of each file's modules something stays in the worker: after some dozens of files collecting garbage took most of its time.
  workerIdleMemoryLimit: '700MB',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/{libs,apps,src,test}/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    [`^@tensormark/(${BUNDLED.join('|')})$`]: `<rootDir>/${FOLDER}/$1.mjs`,
    '^@tensormark/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/database/global-teardown.mjs',
  modulePathIgnorePatterns: ['<rootDir>/dist/(?!tested/)'],
};
