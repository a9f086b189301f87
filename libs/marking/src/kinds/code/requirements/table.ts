import { z } from 'zod';
import { acceptsInput, AcceptsInput } from './accepts-input.js';
import { avoids, Avoids } from './avoids.js';
import { layerCount, LayerCount } from './layer-count.js';
import { noBiasBeforeNormalisation, NoBiasBeforeNormalisation } from './no-bias-before-normalisation.js';
import { outputShape, OutputShape } from './output-shape.js';
import { parameterBudget, ParameterBudget } from './parameter-budget.js';
import { rawScores, RawScores } from './raw-scores.js';
import { readsWithoutError, ReadsWithoutError } from './reads-without-error.js';
import type { Decide } from './requirement.js';
import { residualConnection, ResidualConnection } from './residual-connection.js';
import { trainsOnOneBatch, TrainsOnOneBatch } from './trains-on-one-batch.js';
import { uses, Uses } from './uses.js';

/** What the submitted network must be; each is decided from the network that the code describes. */
export const Requirement = z.discriminatedUnion('check', [
  ReadsWithoutError,
  OutputShape,
  RawScores,
  AcceptsInput,
  ParameterBudget,
  Uses,
  Avoids,
  LayerCount,
  ResidualConnection,
  NoBiasBeforeNormalisation,
  TrainsOnOneBatch,
]);
export type Requirement = z.infer<typeof Requirement>;

type RequirementOf<Check extends Requirement['check']> = Extract<Requirement, { check: Check }>;

/** Every kind of requirement and how it is decided. */
export const REQUIREMENTS: { readonly [Check in Requirement['check']]: Decide<RequirementOf<Check>> } = {
  'reads-without-error': (_, { reading }) => readsWithoutError(reading),
  'output-shape': outputShape,
  'raw-scores': rawScores,
  'accepts-input': acceptsInput,
  'parameter-budget': parameterBudget,
  uses,
  avoids,
  'layer-count': layerCount,
  'residual-connection': residualConnection,
  'no-bias-before-normalisation': noBiasBeforeNormalisation,
  'trains-on-one-batch': trainsOnOneBatch,
};
