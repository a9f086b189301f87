import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { EmbeddingModel } from '@tensormark/essays';
import { openOnnxRuntime, type Numbers, type OnnxRuntime, type OnnxSession } from './onnx-runtime.js';
import { openWordPieces, type WordPieces } from './word-pieces.js';

/** The folder cannot be used as a model of sentences; `message` says what is missing and what to do. */
export class UnusableModel extends Error {
  override readonly name = 'UnusableModel';
}

const MODEL_FILES = ['model.onnx', 'onnx/model.onnx'];
const VOCABULARY = 'vocab.txt';
const MOST_MODEL_BYTES = 1_000_000_000;
const MOST_VOCABULARY_BYTES = 10_000_000;
/** Rubric items are asked for again with each answer. */
const MOST_KEPT = 500;

/**
 * A model of sentences from a folder as it is published (`model.onnx` or `onnx/model.onnx`, and `vocab.txt`), such as
 * all-MiniLM-L6-v2: the mean of the last layer's vectors over the tokens, at length 1. One text a call. Throws UnusableModel or
 * NoRuntime.
 */
export async function openEmbeddingModel(
  folder: string,
  open: (folder: string) => Promise<OnnxRuntime> = openOnnxRuntime,
): Promise<EmbeddingModel> {
  const place = resolve(folder);
  const model = await firstOf(place, MODEL_FILES, MOST_MODEL_BYTES);
  const vocabulary = await firstOf(place, [VOCABULARY], MOST_VOCABULARY_BYTES);
  const pieces = piecesIn(place, vocabulary);
  const runtime = await open(place);
  const session = await runtime.open(model);
  const output = outputOf(session, place);
  const kept = new Map<string, Float32Array>();
  return {
    identity: {
      name: basename(place),
      sha256: createHash('sha256').update(model).digest('hex'),
      runtime: runtime.version,
    },
    embed: async (text) => {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const vector = meanOf(await session.run(feedsOf(session, pieces.tokens(text)), output));
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(text, vector);
      return vector;
    },
  };
}

async function firstOf(folder: string, names: readonly string[], most: number): Promise<Uint8Array> {
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || !found.isFile()) continue;
    if (found.size > most)
      throw new UnusableModel(`${path} has ${found.size} bytes; the most that is read is ${most}`);
    return readFile(path);
  }
  throw new UnusableModel(
    `${folder} has no ${names.join(' or ')}; TENSORMARK_EMBEDDING_MODEL names a folder with a model of sentences, such as all-MiniLM-L6-v2`,
  );
}

function piecesIn(folder: string, bytes: Uint8Array): WordPieces {
  try {
    return openWordPieces(new TextDecoder().decode(bytes).trimEnd().split(/\r?\n/));
  } catch (error) {
    throw new UnusableModel(
      `${join(folder, VOCABULARY)}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'];
const OUTPUTS = ['last_hidden_state', 'token_embeddings'];

function outputOf({ inputs, outputs }: OnnxSession, folder: string): string {
  const strange = inputs.filter((name) => !INPUTS.includes(name));
  const output = OUTPUTS.find((name) => outputs.includes(name));
  if (strange.length > 0 || !inputs.includes('input_ids') || output === undefined)
    throw new UnusableModel(
      `the model in ${folder} takes ${inputs.join(', ')} and gives ${outputs.join(', ')}; expected input_ids and last_hidden_state`,
    );
  return output;
}

/** One text alone: nothing is padded, and every token counts. */
function feedsOf({ inputs }: OnnxSession, tokens: readonly number[]): Record<string, BigInt64Array> {
  return Object.fromEntries(
    inputs.map((name) => [
      name,
      BigInt64Array.from(tokens, (token) => {
        if (name === 'input_ids') return BigInt(token);
        return name === 'attention_mask' ? 1n : 0n;
      }),
    ]),
  );
}

/** The mean over the tokens of a `[1, tokens, width]` output, at length 1. */
function meanOf({ data, shape }: Numbers): Float32Array {
  const [batch, tokens = 0, width = 0] = shape;
  if (shape.length !== 3 || batch !== 1 || tokens * width !== data.length || data.length === 0)
    throw new UnusableModel(
      `the model gave numbers of the shape [${shape.join(', ')}]; expected [1, tokens, width]`,
    );
  const mean = new Float32Array(width);
  data.forEach((value, at) => {
    mean[at % width] = (mean[at % width] ?? 0) + value / tokens;
  });
  const length = Math.hypot(...mean);
  if (!Number.isFinite(length) || length === 0)
    throw new UnusableModel('the model gave no direction for a text');
  return mean.map((value) => value / length);
}
