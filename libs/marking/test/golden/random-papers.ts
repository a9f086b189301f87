import fc from 'fast-check';
import type { Paper } from '../../worked-answers/paper.js';

/** A layer of a random network with the numbers that its parameters follow from, worked out here by the textbook. */
export interface RandomLayer {
  readonly kind: 'conv' | 'linear';
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly bias: boolean;
}

const WIDTHS = [6, 10, 12, 16, 20, 24, 30, 32, 48, 50, 64, 84, 96, 100, 120, 128, 200, 256];

/** Two or three layers: convolutions of odd kernels that keep the size, pooled to one place, then a linear layer. */
export function network(): fc.Arbitrary<readonly RandomLayer[]> {
  const width = fc.constantFrom(...WIDTHS);
  const block = fc.record({ outputs: width, kernel: fc.constantFrom(1, 3, 5, 7), bias: fc.boolean() });
  return fc
    .tuple(
      fc.constantFrom<number>(1, 3, 4),
      fc.array(block, { minLength: 1, maxLength: 3 }),
      width,
      fc.boolean(),
    )
    .map(([channels, blocks, classes, bias]) => {
      let inputs = channels;
      const layers: RandomLayer[] = blocks.map((each) => {
        const layer: RandomLayer = { kind: 'conv', inputs, ...each };
        inputs = each.outputs;
        return layer;
      });
      return [...layers, { kind: 'linear', inputs, outputs: classes, kernel: 1, bias }];
    });
}

export function nameOf({ kind }: RandomLayer, at: number): string {
  return kind === 'conv' ? `conv${at + 1}` : 'fc';
}

export function parametersOf({ inputs, outputs, kernel, bias }: RandomLayer): number {
  return outputs * (inputs * kernel * kernel + (bias ? 1 : 0));
}

/** Which layers a paper asks about: the first at least. */
export const ASKED = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }).map(
  (others): Asked =>
    (at) =>
      at === 0 || others[at - 1] === true,
);

export type Asked = (at: number) => boolean;

const ALL: Asked = () => true;

/** Asks for the parameters of every layer, or of some, two marks with one for the method, and of the whole. */
export function paperOf(
  layers: readonly RandomLayer[],
  asked = ALL,
): Pick<Paper, 'question'> & { readonly full: string } {
  const [first] = layers;
  const written = layers.flatMap((layer, at) =>
    layer.kind === 'conv'
      ? [
          `- Conv2d: { name: ${nameOf(layer, at)}, out_channels: ${layer.outputs}, kernel_size: ${layer.kernel}, padding: ${(layer.kernel - 1) / 2}, bias: ${layer.bias} }`,
        ]
      : [
          '- AdaptiveAvgPool2d: 1',
          '- Flatten',
          `- Linear: { name: fc, out_features: ${layer.outputs}, bias: ${layer.bias} }`,
        ],
  );
  const asks = layers.flatMap((layer, at) => {
    if (!asked(at)) return [];
    const name = nameOf(layer, at);
    return `- { id: ${name}, says: Parameters of ${name}, quantity: parameters, of: ${name}, marks: 2, method: 1 }`;
  });
  const indented = (lines: readonly string[], by: number): string =>
    lines.map((line) => `${' '.repeat(by)}${line}`).join('\n');
  return {
    question: `marks: ${asks.length * 2 + 2}
prompt: Count the parameters.
network:
  input: [${first?.inputs ?? 1}, 16, 16]
  layers:
${indented(written, 4)}
ask:
${indented(asks, 2)}
  - { id: total, says: Parameters of the whole network, quantity: parameters, marks: 2, method: 1 }`,
    full: asks
      .map(() => '2')
      .concat('2')
      .join(' '),
  };
}

/** A way of writing a working down. */
export interface Style {
  readonly name: string;
  readonly times: string;
  readonly group: string;
  readonly order: 'forwards' | 'backwards';
  readonly line: (name: string, calculation: string, result: string) => string;
  readonly total: (terms: readonly string[], result: string) => string;
}

const colon: Style['line'] = (name, calculation, result) => `${name}: ${calculation} = ${result}`;
const sum: Style['total'] = (terms, result) => `Total: ${terms.join(' + ')} = ${result}`;

export const STYLES: readonly Style[] = [
  {
    name: 'german',
    times: ' · ',
    group: '.',
    order: 'forwards',
    line: colon,
    total: (terms, result) => `Summe: ${terms.join(' + ')} = ${result}`,
  },
  {
    name: 'working-in-cells',
    times: '×',
    group: ' ',
    order: 'forwards',
    line: (name, calculation, result) => `| ${name} | ${calculation} = ${result} |`,
    total: (terms, result) => `| total | ${terms.join(' + ')} = ${result} |`,
  },
  {
    name: 'result-first',
    times: ' x ',
    group: '',
    order: 'backwards',
    line: (name, calculation, result) => `${name}: ${result} = ${calculation}`,
    total: sum,
  },
  { name: 'plain', times: '*', group: '', order: 'forwards', line: colon, total: sum },
  { name: 'commas', times: ' × ', group: ',', order: 'forwards', line: colon, total: sum },
  { name: 'backwards', times: ' · ', group: '', order: 'backwards', line: colon, total: sum },
  {
    name: 'latex',
    times: ' \\cdot ',
    group: '{,}',
    order: 'forwards',
    line: (name, calculation, result) => `${name}: $${calculation} = ${result}$`,
    total: (terms, result) => `Total: $${terms.join(' + ')} = \\mathbf{${result}}$`,
  },
  {
    name: 'bullets',
    times: ' * ',
    group: ',',
    order: 'forwards',
    line: (name, calculation, result) => `- **${name}**: ${calculation} = **${result}** parameters`,
    total: (terms, result) => `- **total**: ${terms.join(' + ')} = **${result}** parameters`,
  },
  {
    name: 'names-with-equals',
    times: '*',
    group: '',
    order: 'forwards',
    line: (name, calculation, result) => `params ${name} = ${calculation} = ${result}`,
    total: (terms, result) => `params total = ${terms.join(' + ')} = ${result}`,
  },
  {
    name: 'sentences',
    times: ' times ',
    group: ',',
    order: 'forwards',
    line: (name, calculation, result) => `For ${name} we have ${calculation} = ${result} parameters.`,
    total: (terms, result) => `In total that makes ${terms.join(' + ')} = ${result} parameters.`,
  },
];

/** Ways that show no calculation, so that nothing but right numbers earns marks. */
export const BARE_STYLES: readonly Style[] = [
  {
    name: 'statements',
    times: '*',
    group: ',',
    order: 'forwards',
    line: (name, _, result) => `The layer ${name} has ${result} parameters.`,
    total: (_, result) => `The whole network has ${result} parameters.`,
  },
  {
    name: 'labels',
    times: '*',
    group: '',
    order: 'forwards',
    line: (name, _, result) => `${name}: ${result}`,
    total: (_, result) => `total: ${result}`,
  },
  {
    name: 'table',
    times: '*',
    group: ',',
    order: 'forwards',
    line: (name, _, result) => `| ${name} | ${result} |`,
    total: (_, result) => `| total | ${result} |`,
  },
];

/** How far each result is off; none of them by chance another layer's. */
export const OFFSETS = fc.array(fc.constantFrom(0, 0, 0, 10, -9, 101, 1013), { minLength: 4, maxLength: 4 });

/** A working whose results are off by given amounts, the total added up from what is written. */
export function workingOf(layers: readonly RandomLayer[], style: Style, offsets: readonly number[]): string {
  const results = layers.map((layer, at) => Math.max(1, parametersOf(layer) + (offsets[at] ?? 0)));
  const shown = (value: number): string => value.toString().replace(/\B(?=(?:\d{3})+$)/g, style.group);
  const lines = layers.map((layer, at) => {
    const { inputs, outputs, kernel, bias } = layer;
    const weights = [inputs, ...(kernel > 1 ? [kernel, kernel] : [])].join(style.times);
    const calculation = bias
      ? `${outputs}${style.times}(${weights} + 1)`
      : [outputs, weights].join(style.times);
    return style.line(nameOf(layer, at), calculation, shown(results[at] ?? 0));
  });
  const total = style.total(results.map(shown), shown(results.reduce((whole, each) => whole + each, 0)));
  const header = total.startsWith('|') ? ['| Layer | Parameters |', '|---|---|'] : [];
  return [...header, ...(style.order === 'backwards' ? lines.toReversed() : lines), total].join('\n');
}
