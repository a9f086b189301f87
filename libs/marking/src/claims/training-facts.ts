import { kerasOf, numberOf } from '@tensormark/frameworks';
import type { CodeFacts } from './facts.js';

/** An optimiser, of PyTorch or Keras, with what the program sets of it. */
export interface OptimiserFact {
  readonly type: string;
  readonly rate: number | undefined;
  readonly momentum: number | undefined;
  readonly weightDecay: number | undefined;
  readonly line: number | undefined;
}

/** Every optimiser that is made; of Keras, that a network is compiled with. */
export function optimisersOf({ program }: CodeFacts): readonly OptimiserFact[] {
  if (program === undefined) return [];
  const torch = program.optimizers.map(({ type, named, made }): OptimiserFact => ({
    type,
    rate: numberOf(named.get('lr')),
    momentum:
      numberOf(named.get('momentum')) ?? (type === 'SGD' && isPlain(named, made.span?.text) ? 0 : undefined),
    weightDecay: numberOf(named.get('weight_decay')),
    line: made.span?.place.line,
  }));
  const keras = kerasOf(program).models.flatMap(({ compiles }) =>
    compiles.flatMap(({ optimizer, moment }): OptimiserFact[] =>
      optimizer === undefined
        ? []
        : [
            {
              type: optimizer.type,
              rate: optimizer.rate,
              momentum: optimizer.momentum,
              weightDecay: undefined,
              line: optimizer.span?.place.line ?? moment.span?.place.line,
            },
          ],
    ),
  );
  return [...torch, ...keras];
}

/** Whether what is not named was not given by its place either. */
function isPlain(named: ReadonlyMap<string, unknown>, written: string | undefined): boolean {
  return !named.has('momentum') && written !== undefined && !/\*\*|\),[^,=]+,[^,=]+[,)]/.test(written);
}

/** A loss that is computed or compiled with, by the name of its function. */
export interface LossFact {
  readonly name: string;
  readonly line: number | undefined;
}

export function lossesOf({ program }: CodeFacts): readonly LossFact[] {
  if (program === undefined) return [];
  const torch = program.events.flatMap((event): LossFact[] =>
    event.kind === 'loss' ? [{ name: event.name, line: event.moment.span?.place.line }] : [],
  );
  const keras = kerasOf(program).models.flatMap(({ compiles }) =>
    compiles.map(({ loss, moment }): LossFact => ({
      name: loss?.name ?? 'unknown',
      line: moment.span?.place.line,
    })),
  );
  return [...torch, ...keras];
}

/** How many examples a batch has, of each loader and each `fit`; undefined where it is not known. */
export function batchSizesOf({ program }: CodeFacts): readonly {
  readonly size: number | undefined;
  readonly line: number | undefined;
}[] {
  if (program === undefined) return [];
  const loaders = program.loaders.map(({ batchSize, made }) => ({
    size: batchSize,
    line: made.span?.place.line,
  }));
  const fits = kerasOf(program).models.flatMap((model) =>
    model.fits.map(({ batchSize, moment }) => ({
      size: typeof batchSize === 'number' ? batchSize : undefined,
      line: moment.span?.place.line,
    })),
  );
  return [...loaders, ...fits];
}
