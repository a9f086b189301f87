import { z } from 'zod';

/** A place in the answer's text: `text.slice(start, end)` is the quote. Offsets are UTF-16 code units. */
export const Span = z
  .object({ start: z.int().nonnegative(), end: z.int().nonnegative() })
  .meta({ id: 'Span' });
export type Span = z.infer<typeof Span>;

const DecimalMarks = z
  .string()
  .regex(/^-?\d{1,9}(\.\d{1,3})?$/)
  .meta({ description: 'Marks as a decimal string, such as "7.5"' });

/** A place in code: lines and columns count from one, as editors show them. */
const CodePlace = z.object({
  line: z.int().positive(),
  column: z.int().positive().optional(),
  endLine: z.int().positive().optional(),
  endColumn: z.int().positive().optional(),
});

/** What to write in place of a piece of the answer's code, in its lines and columns; the end column is the first after it. */
const CodeFix = z.object({
  what: z.string(),
  line: z.int().positive(),
  column: z.int().positive(),
  endLine: z.int().positive(),
  endColumn: z.int().positive(),
  text: z.string(),
});

/**
 * What a proposed mark rests on. Each kind carries its own facts, so that a screen can draw it and a test can check
 * it; `says` is always a full sentence about the work, never about the person.
 */
export const Evidence = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('equation'),
      span: Span,
      verdict: z.enum(['true', 'false', 'rounded', 'not-understood']),
      says: z.string(),
    }),
    z.object({
      kind: z.literal('quantity'),
      span: Span.optional(),
      asked: z.string(),
      verdict: z.enum(['correct', 'follows', 'method', 'rounded', 'wrong', 'not-found']),
      expected: z.string(),
      found: z.string().optional(),
      formula: z.string(),
      latex: z.string().optional(),
      convention: z.string().optional(),
      says: z.string(),
    }),
    z.object({
      kind: z.literal('misconception'),
      span: Span,
      explanations: z.array(z.string()).min(1),
      says: z.string(),
    }),
    z.object({ kind: z.literal('mention'), span: Span, item: z.string(), says: z.string() }),
    z.object({
      kind: z.literal('finding'),
      check: z.string(),
      severity: z.enum(['error', 'warning', 'design', 'remark']),
      place: CodePlace.optional(),
      span: Span.optional(),
      says: z.string(),
      why: z.string().optional(),
      /** What to do instead. */
      instead: z.string().optional(),
      fix: CodeFix.optional(),
    }),
    z.object({
      kind: z.literal('fact'),
      says: z.string(),
      place: CodePlace.optional(),
      span: Span.optional(),
    }),
    z.object({
      kind: z.literal('execution'),
      backend: z.string(),
      device: z.string(),
      seed: z.int(),
      versions: z.record(z.string(), z.string()),
      /** The loss on one batch before each step of training, and after the last. */
      losses: z.array(z.number()).optional(),
      /** Root mean square of the gradient of each layer's weights, from the first layer to the last. */
      gradients: z.array(z.object({ layer: z.string(), size: z.number().nonnegative() })).optional(),
      /** What a reader must know of how it was run. */
      notes: z.array(z.string()).optional(),
      says: z.string(),
    }),
    z.object({
      kind: z.literal('graph'),
      /** What flows in, then each call, in order; sizes are those of one input, its batch of 1 first. */
      steps: z.array(
        z.object({
          /** `Conv2d`, `add`; of an input its name, of several calls the class of their module. */
          operation: z.string(),
          /** The layer's or module's name in the model: `stage1.body.0`. */
          name: z.string().optional(),
          /** The steps whose results it takes, by their places in this list. */
          from: z.array(z.int().nonnegative()),
          shapes: z.array(z.array(z.int().nonnegative())),
          /** Of the layer, at its first call. */
          parameters: z.int().positive().optional(),
          line: z.int().positive().optional(),
          /** What it raises; the sizes from there on are those that were assumed in order to go on. */
          raises: z.string().optional(),
        }),
      ),
      says: z.string(),
    }),
    z.object({
      kind: z.literal('claim'),
      /** The answer's words. */
      span: Span,
      /** What the claim is about: `pooling`, `parameters`. */
      subject: z.string(),
      verdict: z.enum(['supported', 'contradicted', 'not-checkable']),
      /** The line of the given code that it is held against. */
      code: z.object({ line: z.int().positive(), text: z.string() }).optional(),
      says: z.string(),
    }),
    z.object({
      kind: z.literal('suggestion'),
      /** Of the scheme. */
      item: z.string(),
      verdict: z.enum(['likely-covered', 'unclear', 'possible-conflict', 'no-evidence-found']),
      /** The sentence, or two together; none where nothing was found. */
      span: Span.optional(),
      /** The chance that the item is covered; only where it was calibrated for the scorer. */
      confidence: z.number().min(0).max(1).optional(),
      /** Which scorer suggests it: acceptance is counted for each by itself. */
      scorer: z.string(),
      says: z.string(),
    }),
    z.object({ kind: z.literal('caution'), span: Span.optional(), says: z.string() }),
  ])
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;

/** One line of the scheme with what the machine proposes for it. `proposed` is null where it does not know. */
export const ItemProposal = z
  .object({
    item: z.string(),
    says: z.string(),
    available: DecimalMarks,
    proposed: DecimalMarks.nullable(),
    outcome: z.enum(['met', 'partly', 'not-met', 'undecided']),
    reason: z.string(),
    evidence: z.array(Evidence),
  })
  .meta({ id: 'ItemProposal' });
export type ItemProposal = z.infer<typeof ItemProposal>;

/**
 * The machine's proposal for one part. `proposed` has marks; `needs-person` has none, though some items may be settled;
 * `absent` means no answer was given, which is not the same as a zero.
 */
export const ProposedMark = z
  .object({
    part: z.string(),
    kind: z.enum(['essay', 'numeric', 'critique', 'code', 'choice']),
    outcome: z.enum(['proposed', 'needs-person', 'absent']),
    marks: DecimalMarks.nullable(),
    available: DecimalMarks,
    /** How much a person's eye is needed: 0 none, 1 entirely. Orders the marking queue. */
    doubt: z.number().min(0).max(1),
    summary: z.string(),
    items: z.array(ItemProposal),
    /** What concerns the whole part rather than one item. */
    evidence: z.array(Evidence),
    /** A model answer or derivation for the marker, in Markdown with LaTeX. */
    derivation: z.string().optional(),
  })
  .meta({ id: 'ProposedMark' });
export type ProposedMark = z.infer<typeof ProposedMark>;
