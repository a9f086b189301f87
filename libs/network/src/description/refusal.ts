/** Where in a description something stands: `['layers', 2, 'Conv2d']`. */
export type DescriptionPath = readonly (string | number)[];

/** What is wrong with a description, and where. */
export class DescriptionError extends Error {
  override readonly name = 'DescriptionError';
  constructor(
    readonly path: DescriptionPath,
    message: string,
  ) {
    super(message);
  }
}

/** `layers[2].Conv2d`. */
export function formatPath(path: DescriptionPath): string {
  return path.reduce<string>(
    (written, key) =>
      typeof key === 'number' ? `${written}[${key}]` : written === '' ? key : `${written}.${key}`,
    '',
  );
}
