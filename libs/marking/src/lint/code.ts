import { isLayerType, kerasDefinition, operation } from '@tensormark/network';
import type { FindingsScheme } from '../kinds/code/deductions.js';
import type { Requirement } from '../kinds/code/requirements/table.js';
import type { Marks } from '../marks.js';
import { unknownCheck } from './checks.js';
import { numbersIn } from './numbers.js';
import { lintItems } from './items.js';
import type { SchemeNote } from './note.js';

type Of<Check extends Requirement['check']> = Extract<Requirement, { check: Check }>;
interface Placed<Item> {
  readonly requirement: Item;
  readonly at: number;
}

/** Requirements that no code can meet, that contradict each other, or that the question does not tell. */
export function lintCode(
  {
    marks,
    requirements,
    findings,
  }: {
    readonly marks: Marks;
    readonly requirements: readonly Requirement[];
    readonly findings?: FindingsScheme | undefined;
  },
  asked: string,
): SchemeNote[] {
  const of = <Check extends Requirement['check']>(check: Check): Placed<Of<Check>>[] =>
    requirements.flatMap((requirement, at) => (isOf(requirement, check) ? [{ requirement, at }] : []));
  return [
    ...lintItems(marks, requirements, 'requirements'),
    ...budgets(of('parameter-budget'), asked),
    ...shapes(of('output-shape')),
    ...[...of('uses'), ...of('avoids'), ...of('layer-count')].flatMap(({ requirement, at }) =>
      unknownLayers(requirement, at),
    ),
    ...Object.keys(findings?.checks ?? {}).flatMap((id) => unknownCheck(id, ['findings', 'checks', id])),
  ];
}

function isOf<Check extends Requirement['check']>(
  requirement: Requirement,
  check: Check,
): requirement is Of<Check> {
  return requirement.check === check;
}

function budgets(all: readonly Placed<Of<'parameter-budget'>>[], asked: string): SchemeNote[] {
  const notes = all.flatMap(({ requirement, at }): SchemeNote[] => {
    const { id, atMost, atLeast = 0 } = requirement;
    const path = ['requirements', at, 'atMost'];
    if (atLeast > atMost) {
      return [
        {
          check: 'cannot-be-met',
          path,
          item: id,
          says: `No network has at least ${shown(atLeast)} and at most ${shown(atMost)} parameters.`,
        },
      ];
    }
    if (asked === '' || numbersIn(asked).has(BigInt(atMost))) return [];
    return [
      {
        check: 'not-in-the-question',
        path,
        item: id,
        says: `The budget of ${shown(atMost)} parameters stands nowhere in the question, so nobody can know of it.`,
      },
    ];
  });
  const [least] = all.toSorted((a, b) => a.requirement.atMost - b.requirement.atMost);
  const most = all.find(
    ({ requirement }) => (requirement.atLeast ?? 0) > (least?.requirement.atMost ?? Infinity),
  );
  if (least !== undefined && most !== undefined && most.at !== least.at) {
    notes.push({
      check: 'cannot-be-met',
      path: ['requirements', most.at, 'atLeast'],
      item: most.requirement.id,
      says: `${most.requirement.id} asks for at least ${shown(most.requirement.atLeast ?? 0)} parameters and ${least.requirement.id} for at most ${shown(least.requirement.atMost)}: no network meets both.`,
    });
  }
  return notes;
}

function shapes(all: readonly Placed<Of<'output-shape'>>[]): SchemeNote[] {
  const [first, ...others] = all;
  if (first === undefined) return [];
  const wanted = first.requirement.shape.join(', ');
  return others
    .filter(({ requirement }) => requirement.shape.join(', ') !== wanted)
    .map(({ requirement, at }) => ({
      check: 'cannot-be-met',
      path: ['requirements', at, 'shape'],
      item: requirement.id,
      says: `${first.requirement.id} asks for an output of [${wanted}] and ${requirement.id} for [${requirement.shape.join(', ')}]: no network meets both.`,
    }));
}

function unknownLayers({ id, layers }: Of<'uses' | 'avoids' | 'layer-count'>, at: number): SchemeNote[] {
  return layers.flatMap((name, index): SchemeNote[] =>
    isKnown(name)
      ? []
      : [
          {
            check: 'cannot-be-met',
            path: ['requirements', at, 'layers', index],
            item: id,
            says: `Neither PyTorch nor Keras has a layer or function "${name}"; names are spelled as they spell them, such as Conv2d.`,
          },
        ],
  );
}

/** A layer or function of PyTorch, or a layer of Keras. */
function isKnown(name: string): boolean {
  return isLayerType(name) || operation(name) !== undefined || kerasDefinition(name) !== undefined;
}

function shown(count: number): string {
  return count.toLocaleString('en-GB');
}
