/** What is published of a data set: its examples without their number, and what its targets are. */
export interface DataSet {
  readonly name: string;
  /** How many examples there are to learn from and to try on; one number where it is not divided. */
  readonly rows: readonly [train: number, test?: number];
  /** One example; empty where examples are sequences of differing length. */
  readonly example: readonly number[];
  readonly isPixels: boolean;
  /** How many classes there are; undefined where the targets are real numbers. */
  readonly classes: number | undefined;
  /** Of one target: [1] where they come as a column. */
  readonly target: readonly number[];
  /** Whether examples come in the order of their classes. */
  readonly isSorted?: boolean;
}

const pictures = (
  name: string,
  rows: readonly [number, number],
  example: number[],
  classes: number,
): DataSet => ({
  name,
  rows,
  example,
  isPixels: true,
  classes,
  target: example.length === 3 ? [1] : [],
});

const table = (
  name: string,
  rows: number,
  features: number,
  classes?: number,
  isSorted = false,
): DataSet => ({
  name,
  rows: [rows],
  example: [features],
  isPixels: false,
  classes,
  target: [],
  isSorted,
});

/** The data sets of `keras.datasets`, by the name of their module. */
export const KERAS_DATA: ReadonlyMap<string, DataSet> = new Map(
  [
    pictures('mnist', [60_000, 10_000], [28, 28], 10),
    pictures('fashion_mnist', [60_000, 10_000], [28, 28], 10),
    pictures('cifar10', [50_000, 10_000], [32, 32, 3], 10),
    pictures('cifar100', [50_000, 10_000], [32, 32, 3], 100),
    { name: 'imdb', rows: [25_000, 25_000], example: [], isPixels: false, classes: 2, target: [] } as const,
    { name: 'reuters', rows: [8982, 2246], example: [], isPixels: false, classes: 46, target: [] } as const,
    {
      name: 'boston_housing',
      rows: [404, 102],
      example: [13],
      isPixels: false,
      classes: undefined,
      target: [],
    } as const,
  ].map((set: DataSet) => [set.name, set]),
);

/** The data sets of scikit-learn that come with it, by the function that gives them. */
export const SAMPLE_DATA: ReadonlyMap<string, DataSet> = new Map(
  [
    table('load_iris', 150, 4, 3, true),
    table('load_wine', 178, 13, 3, true),
    table('load_breast_cancer', 569, 30, 2),
    table('load_digits', 1797, 64, 10),
    table('load_diabetes', 442, 10),
    table('load_boston', 506, 13),
    table('fetch_california_housing', 20_640, 8),
  ].map((set) => [set.name, set]),
);
