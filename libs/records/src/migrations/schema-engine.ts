import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { engineAdapter } from './engine-adapter.js';

type SchemaEngineClass = typeof SchemaEngine;

let loaded: Promise<SchemaEngineClass> | undefined;

/** Prisma's schema engine, compiled to WebAssembly. Instantiated once: its glue cannot serve two instances. */
function schemaEngineClass(): Promise<SchemaEngineClass> {
  loaded ??= load();
  return loaded;
}

/** What is used of the platform that the configured type libraries do not describe, and what the engine puts there. */
interface Platform {
  readonly WebAssembly: {
    instantiate(
      bytes: Uint8Array,
      imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    ): Promise<{ readonly instance: { readonly exports: { readonly __wbindgen_start: () => void } } }>;
  };
  PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void };
}

interface Glue {
  readonly SchemaEngine: SchemaEngineClass;
  __wbg_set_wasm(exports: object): void;
}

let lastPanic: string | undefined;

async function load(): Promise<SchemaEngineClass> {
  const platform = globalThis as unknown as Platform;
  // The engine reports a panic by this global before it aborts.
  platform.PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message: (message) => {
      lastPanic = message;
    },
  };
  const imports: Record<string, unknown> = { ...glue };
  for (const name of Object.keys(imports)) {
    // It guards its lock by a timer of ten seconds, which must not keep a process that is done from ending.
    if (name.startsWith('__wbg_setTimeout')) {
      imports[name] = (callback: () => void, delay: number) => setTimeout(callback, delay >>> 0).unref();
    }
  }
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await platform.WebAssembly.instantiate(bytes, { './schema_engine_bg.js': imports });
  const { __wbg_set_wasm: setWasm, SchemaEngine } = glue as unknown as Glue;
  setWasm(instance.exports);
  instance.exports.__wbindgen_start();
  return SchemaEngine;
}

/** Something the schema engine refused, in its own words. */
export class SchemaEngineError extends Error {
  override readonly name = 'SchemaEngineError';
}

/** Opens the engine on a database for the length of `work`. */
export async function withSchemaEngine<Result>(
  databaseUrl: string,
  datamodel: string | null,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const Engine = await schemaEngineClass();
  // One connection: the engine's own advisory lock belongs to the session that took it.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  pool.on('error', () => undefined); // The query that follows tells.
  try {
    const engine = await Engine.new(
      { datamodels: datamodel === null ? undefined : [['schema.prisma', datamodel]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(engineAdapter(pool)),
    ).catch(rethrow);
    return await work(engine).catch(rethrow);
  } finally {
    await pool.end();
  }
}

function rethrow(error: unknown): never {
  const said =
    error instanceof Error ? error.message : typeof error === 'string' ? error : JSON.stringify(error);
  const panic = lastPanic;
  lastPanic = undefined;
  throw new SchemaEngineError(panic === undefined ? said : `${said}\n${panic}`, { cause: error });
}
