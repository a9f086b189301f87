/** Which part of the data a name says that something is of. */
export type PartName = 'training' | 'testing';

/** `x_train`, `trainX`, `xtest`; undefined for a name that says nothing of it, or both. */
export function partNamed(name: string): PartName | undefined {
  const words = wordsOf(name);
  const [isTrain, isTest] = [
    words.some((word) => /^(train|tr)(ing)?$/.test(word)),
    words.some((word) => /^(test|val|valid|validation|dev)$/.test(word)),
  ];
  return isTrain === isTest ? undefined : isTrain ? 'training' : 'testing';
}

/** What a name says without the part: `y` of `y_train`. */
export function namedWithoutPart(name: string): string {
  return wordsOf(name)
    .filter((word) => partNamed(word) === undefined)
    .join('_');
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .replace(/^([xy])(?=(train|test|val)$)/i, '$1_')
    .toLowerCase()
    .split('_')
    .filter((word) => word !== '');
}
