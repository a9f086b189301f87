import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** What is used of the package that runs models, and no more. */
export interface OnnxSession {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** One row of tokens through the model: the named output's numbers and shape. */
  run(feeds: Readonly<Record<string, BigInt64Array>>, output: string): Promise<Numbers>;
}

export interface Numbers {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

export interface OnnxRuntime {
  /** `onnxruntime-node 1.30.0` */
  readonly version: string;
  open(model: Uint8Array): Promise<OnnxSession>;
}

const PACKAGE = 'onnxruntime-node';

/** The package is there only where whoever runs this has installed it. */
export class NoRuntime extends Error {
  override readonly name = 'NoRuntime';
}

const callable = z.custom<(...given: unknown[]) => unknown>((value) => typeof value === 'function');
const constructed = z.custom<new (...given: unknown[]) => unknown>((value) => typeof value === 'function');
const Module = z.object({ InferenceSession: z.custom<{ create: unknown }>(hasCreate), Tensor: constructed });
const Session = z.object({
  inputNames: z.array(z.string()),
  outputNames: z.array(z.string()),
  run: callable,
});
const Output = z.object({ data: z.instanceof(Float32Array), dims: z.array(z.number().int().nonnegative()) });

function hasCreate(value: unknown): boolean {
  return typeof value === 'function' && 'create' in value && typeof value.create === 'function';
}

/**
 * The installed runtime: beside this program, or in the model's own folder (`npm install --prefix FOLDER onnxruntime-node`). One
 * thread and the processor alone, so that the same text gives the same vector. Throws NoRuntime where it is in neither place.
 */
export async function openOnnxRuntime(folder: string): Promise<OnnxRuntime> {
  const { path, version } = placeOf(folder);
  const loaded: unknown = await import(pathToFileURL(path).href);
  const found = Module.safeParse(defaultOf(loaded));
  if (!found.success) throw new NoRuntime(`${PACKAGE} at ${path} is not of a version that can be used`);
  const { InferenceSession, Tensor } = found.data;
  return {
    version: `${PACKAGE} ${version}`,
    open: async (model) => {
      const create = callable.parse(InferenceSession.create);
      const opened: unknown = await create.call(InferenceSession, model, {
        executionProviders: ['cpu'],
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
      });
      const { inputNames, outputNames, run } = Session.parse(opened);
      return {
        inputs: inputNames,
        outputs: outputNames,
        run: async (feeds, output) => {
          const given = Object.fromEntries(
            Object.entries(feeds).map(([name, data]) => [name, new Tensor('int64', data, [1, data.length])]),
          );
          const results = z.record(z.string(), z.unknown()).parse(await run.call(opened, given, [output]));
          const { data, dims } = Output.parse(fieldsOf(results[output]));
          return { data, shape: dims };
        },
      };
    },
  };
}

/** A tensor's numbers stand behind getters. */
function fieldsOf(tensor: unknown): unknown {
  if (typeof tensor !== 'object' || tensor === null || !('data' in tensor) || !('dims' in tensor))
    return tensor;
  return { data: tensor.data, dims: tensor.dims };
}

function defaultOf(loaded: unknown): unknown {
  return typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : loaded;
}

function placeOf(folder: string): { readonly path: string; readonly version: string } {
  for (const from of [import.meta.url, pathToFileURL(join(folder, 'package.json')).href]) {
    const require = createRequire(from);
    try {
      const path = require.resolve(PACKAGE);
      const { version } = z.object({ version: z.string() }).parse(require(`${PACKAGE}/package.json`));
      return { path, version };
    } catch {
      continue;
    }
  }
  throw new NoRuntime(
    `${PACKAGE} is not installed; run "npm install --prefix ${folder} ${PACKAGE}", or leave TENSORMARK_EMBEDDING_MODEL out`,
  );
}
