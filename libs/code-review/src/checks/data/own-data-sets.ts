import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { libraryNames } from '../../ask/library-names.js';
import { oncePerProgram } from '../../ask/once.js';
import { places } from '../../ask/places.js';
import { torchCalls, writtenArgument } from '../../ask/torch-calls.js';
import { classesOf, methodOf } from '../../ask/tree.js';
import { functionAt, onlyGiving } from '../../ask/written-kinds.js';

const DATA = (methods: string, loader = 'DataLoader(Table(rows), batch_size=8, shuffle=True)'): string => `
from torch.utils.data import DataLoader, Dataset
from somewhere import rows

class Table(Dataset):${methods.includes('__get_item__') || !methods.includes('__len__') ? '  # <--' : ''}
    def __init__(self, rows):
        self.rows = rows
${methods}
for x, y in ${loader}:
    print(x.shape)
`;
const LENGTH = `
    def __len__(self):
        return len(self.rows)
`;
const ITEM = `
    def __getitem__(self, index):
        return self.rows[index], index % 2
`;

export const ownDataSets: Check = {
  id: 'own-data-sets',
  title: 'A data set without the methods that a loader calls',
  severity: 'error',
  why: 'A loader asks a data set how many examples there are (__len__) and for each of them (__getitem__); without either it raises an error.',
  instead: 'Define __len__(self) and __getitem__(self, index), with two underscores on each side.',
  needs: 'A class derived from Dataset and nothing else, of which a loader is given an object.',
  wrong: [DATA(ITEM), DATA(LENGTH + ITEM.replace('__getitem__', '__get_item__'))],
  right: [
    DATA(LENGTH + ITEM),
    DATA(LENGTH + ITEM, 'DataLoader(Table(rows), batch_size=8)'),
    `
from torch.utils.data import DataLoader, Dataset
from somewhere import rows, sampler

class Base(Dataset):
    def __len__(self):
        return len(self.rows)

class Table(Base):
    def __init__(self, rows):
        self.rows = rows
    def __getitem__(self, index):
        return self.rows[index]

class Drawn(Dataset):
    def __getitem__(self, index):
        return rows[index]

loaders = DataLoader(Table(rows), batch_size=8), DataLoader(Drawn(), batch_sampler=sampler)
`,
  ],
  *run(program) {
    if (!program.source.includes('DataLoader')) return;
    for (const { definition, loader } of ownSets(program)) {
      const misses = methodOf(definition, '__getitem__') === undefined ? '__getitem__' : '__len__';
      const isFree =
        misses === '__len__' &&
        loader.keywords.some(({ name }) => name === undefined || name.endsWith('sampler'));
      if (methodOf(definition, misses) !== undefined || isFree) continue;
      yield {
        at: definition.nameSpan,
        message: `${definition.name} has no ${misses}, which the loader calls.`,
        evidence: [places(['the loader', loader.span])],
      };
    }
  },
};

/** The classes of the program that are data sets by themselves, with a loader that is given one of them. */
const ownSets = oncePerProgram(
  (program): readonly { readonly definition: tree.ClassDefinition; readonly loader: tree.Call }[] => {
    const paths = new Map(libraryNames(program).used.map(({ node, path }) => [node, path]));
    const loaders = torchCalls(program).filter(({ path }) =>
      /^torch\.utils\.data\.(dataloader\.)?DataLoader$/.test(path),
    );
    return classesOf(program).flatMap((definition) => {
      const [base, more] = definition.bases;
      const isPlain =
        base !== undefined &&
        more === undefined &&
        /^torch\.utils\.data\.(dataset\.)?Dataset$/.test(paths.get(base) ?? '');
      const isComplete = /^__(iter|getitems|getattr|getattribute)__$/;
      const isOther =
        !isPlain ||
        definition.decorators.length > 0 ||
        definition.keywords.length > 0 ||
        definition.body.some(
          (one) =>
            (one.kind === 'FunctionDef' && isComplete.test(one.name)) ||
            (one.kind === 'Assign' && one.targets.some(({ span }) => /^__(len|getitem)__$/.test(span.text))),
        );
      const isSetLater = new RegExp(`\\b${definition.name}\\.__|setattr\\(${definition.name}\\b`).test(
        program.source,
      );
      if (isOther || isSetLater) return [];
      const loader = loaders.find(({ call }) =>
        isOf(program, writtenArgument(call, 0, 'dataset'), definition.name),
      );
      return loader === undefined ? [] : [{ definition, loader: loader.call }];
    });
  },
);

/** Whether an expression is an object of a class, made there or under the one name that it was given. */
function isOf(program: Program, node: tree.Expression | undefined, name: string): boolean {
  if (node?.kind === 'Call') return node.callee.span.text === name;
  if (node?.kind !== 'Name') return false;
  const here = onlyGiving(program, node.id, node.span);
  const isParameter = functionAt(program, node.span)?.parameters.some((one) => one.name === node.id) ?? false;
  return (
    !isParameter &&
    here?.kind === 'Assign' &&
    here.value.kind === 'Call' &&
    here.value.callee.span.text === name
  );
}
