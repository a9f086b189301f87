/** An optimiser by PyTorch's class name with its arguments; PyTorch's defaults where absent. */
export interface OptimiserSettings {
  readonly type: OptimiserName;
  readonly arguments: Readonly<Record<string, OptimiserArgument>>;
  /** Names of the parameters it was given; all that are trained where absent. */
  readonly parameters?: readonly string[];
}

export type OptimiserArgument = number | boolean | null | readonly number[];

export const OPTIMISER_NAMES = [
  'SGD',
  'Adam',
  'AdamW',
  'RMSprop',
  'Adagrad',
  'Adadelta',
  'Adamax',
  'NAdam',
  'RAdam',
] as const;
export type OptimiserName = (typeof OPTIMISER_NAMES)[number];

/** What is taken where the student's is not known. */
export const FALLBACK_OPTIMISER: OptimiserSettings = { type: 'Adam', arguments: { lr: 1e-3 } };
