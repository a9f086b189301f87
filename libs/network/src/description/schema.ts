import { z } from 'zod';

const Shape = z.array(z.int().positive().max(1_000_000)).min(1).max(6);

/** Arguments as written: one value, a list in PyTorch's order, or names with values. */
const Written = z.union([
  z.null(),
  z.boolean(),
  z.number(),
  z.string(),
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()),
]);

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** One entry: a layer's name alone, or an object with one layer, a block, a residual or branches. */
const Entry: z.ZodType<Entry> = z.union([z.string().min(1).max(80), z.record(z.string(), z.unknown())]);
export type Entry = string | Readonly<Record<string, unknown>>;

export const Entries = z.array(Entry).max(2000, 'expected at most 2000 layers');
export const BlockName = z.string().regex(NAME, 'expected a name of letters, digits and "_"');
export const LayerArguments = Written;
export type LayerArguments = z.infer<typeof Written>;

/** A network as layers in order; each entry is checked as it is read. */
export const NetworkDescription = z.strictObject({
  /** Without the batch. */
  input: Shape,
  layers: Entries.min(1, 'expected at least one layer'),
});
export type NetworkDescription = z.infer<typeof NetworkDescription>;
