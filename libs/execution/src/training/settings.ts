/** An optimiser by PyTorch's class name with its arguments; PyTorch's defaults where absent. */
export interface OptimiserSettings {
  readonly type: OptimiserName;
  readonly arguments: Readonly<Record<string, OptimiserArgument>>;
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
