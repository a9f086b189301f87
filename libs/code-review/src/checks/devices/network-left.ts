import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';
import { deviceMismatch } from './device-mismatch.js';

const PROGRAM = (made: string, mark = ''): string => `
import torch
import torch.nn as nn
from networks import Net
from pictures import loader
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
net = ${made}${mark}
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for images, labels in loader:
    images, labels = images.to(device), labels.to(device)
    optimizer.zero_grad()
    loss = criterion(net(images), labels)
    loss.backward()
    optimizer.step()
`;

export const networkLeft: Check = {
  id: 'network-left',
  title: 'Inputs moved to the device and the network not',
  severity: 'error',
  why: 'What the network is given is on the GPU and its weights in the CPU’s memory, and PyTorch computes nothing of both.',
  instead: 'Move the network where its inputs are: model.to(device).',
  needs:
    'A network of another file that is made by its class and moved nowhere, and asked with what was moved to a device of this file.',
  wrong: [PROGRAM('Net()', '  # <--')],
  right: [
    PROGRAM('Net().to(device)'),
    PROGRAM('Net(device)'),
    PROGRAM('Net()').replace('criterion =', 'net.cuda()\ncriterion ='),
  ],
  *run(program) {
    const { source } = program;
    if (
      !/^\s*\w*device\w*\s*=.*(torch\.device\(|cuda)/im.test(source) ||
      !/\.to\(\s*(self\.)?\w*device/.test(source)
    )
      return;
    if (
      /\w\.device\b(?!\()|accelerat|[Ll]ightning|set_default_device|set_default_tensor_type|DataParallel|deepspeed|\.half\(\)/.test(
        source.replaceAll(/\b(torch|args|opt|self|cfg|config|opts|params|hparams|FLAGS)\.device\b/g, ''),
      )
    )
      return;
    for (const made of statementsOf(program)) {
      const [name = ''] = targetsOf(made);
      if (made.kind !== 'Assign' || targetsOf(made).length !== 1 || !/^\w+$/.test(name)) continue;
      if (!isMadeByClass(program, made.value) || isMovedOrHandedOn(program, name, made)) continue;
      if (!new RegExp(String.raw`\b${name}\.parameters\(\)`).test(source)) continue;
      const asked = askedWithMoved(program, name);
      if (asked === undefined || [...deviceMismatch.run(program)].length > 0) continue;
      yield {
        at: made.span,
        message: `${name} is moved nowhere, and what it is given has been moved to the device.`,
        evidence: [places(['it is asked here', asked.span])],
      };
      return;
    }
  },
};

/** A class that the file takes from another, told nothing of a device. */
function isMadeByClass(program: Program, value: tree.Expression): boolean {
  if (value.kind !== 'Call') return false;
  const { text } = value.callee.span;
  const last = text.split('.').at(-1) ?? text;
  if (
    !/^[A-Z]\w*[a-z]\w*$|^[A-Z]{2,}\w*$/.test(last) ||
    /^(nn|torch|torchvision|models|optim|transforms)\./.test(text)
  )
    return false;
  if (/dev|cuda|gpu/i.test(value.span.text)) return false;
  // A class of the file is followed.
  if (nodesOf(program, 'ClassDef').some((one) => one.name === last)) return false;
  return (
    nodesOf(program, 'ImportFrom').some(({ span }) =>
      new RegExp(String.raw`import[^#]*(\b${last}\b|\*)`, 's').test(span.text),
    ) || text.includes('.')
  );
}

/** Set again, moved, or handed to what may move it. */
function isMovedOrHandedOn(program: Program, name: string, made: tree.Statement): boolean {
  const { source } = program;
  if (
    new RegExp(String.raw`\b${name}(\.\w+)*\.(to|cuda|apply|float|double|device|share_memory)\s*\(`).test(
      source,
    )
  )
    return true;
  if (
    statementsOf(program).some(
      (one) =>
        one !== made && targetsOf(one).some((target) => target === name || target.startsWith(`${name}.`)),
    )
  )
    return true;
  // Under another name, in a function that it is handed to.
  if (/\b\w*(model|net|network)\w*\.(to|cuda)\(/i.test(source)) return true;
  const own = new Set(nodesOf(program, 'FunctionDef').map((one) => one.name));
  return callsOf(program).some(
    ({ callee, args, keywords }) =>
      !own.has(callee.span.text) &&
      !/(^|\.)(print|len|summary|save|isinstance|count_parameters)$/.test(callee.span.text) &&
      [...args, ...keywords.map(({ value }) => value)].some(({ span }) => span.text === name),
  );
}

/** A call of the network, or of the parameter that stands for it, with a name that was moved to the device. */
function askedWithMoved(program: Program, name: string): tree.Call | undefined {
  const moved = new Set(
    statementsOf(program).flatMap((one) =>
      one.kind === 'Assign' &&
      /\.to\(\s*(self\.|args\.|opt\.)?\w*device\w*\s*\)|\.cuda\(\)/.test(one.value.span.text)
        ? targetsOf(one)
        : [],
    ),
  );
  return callsOf(program).find(({ callee, args: [first] }) => {
    if (callee.span.text !== name || first === undefined) return false;
    return first.kind === 'Name'
      ? moved.has(first.id)
      : /^\w+\.to\(\s*(self\.)?\w*device\w*\s*\)$/.test(first.span.text);
  });
}
