import { defineClass, PyObject, typeOf } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';

const TYPES = [
  'cpu',
  'cuda',
  'mps',
  'meta',
  'xpu',
  'xla',
  'hip',
  'ipu',
  'vulkan',
  'hpu',
  'mkldnn',
  'privateuseone',
];

/** `torch.device`: kept as written; nothing is ever put on a device here. */
export class DeviceObject extends PyObject {
  constructor(
    readonly type: string,
    readonly index: number | undefined,
  ) {
    super(deviceClass);
  }

  get text(): string {
    return this.index === undefined ? this.type : `${this.type}:${this.index}`;
  }
}

export const deviceClass = defineClass({
  name: 'device',
  module: 'torch',
  written: 'c-named-with-module',
  payload: DeviceObject,
  staticMethods: {
    '__new__(cls, type, index=None)': (rt, _cls, type, index) => readDevice(rt, type ?? null, index),
  },
  methods: {
    '__copy__()': (_rt, self) => self,
    '__deepcopy__(memo)': (_rt, self) => self,
    '__init__(*args, **kwargs)': () => null,
    '__repr__()': (_rt, self) =>
      self.index === undefined
        ? `device(type='${self.type}')`
        : `device(type='${self.type}', index=${self.index})`,
    '__str__()': (_rt, self) => self.text,
    '__eq__(other)': (_rt, self, other) => other instanceof DeviceObject && other.text === self.text,
    '__hash__()': (_rt, self) => BigInt(TYPES.indexOf(self.type) * 1000 + (self.index ?? 999)),
    '__enter__()': (_rt, self) => self,
    '__exit__(*args)': () => null,
  },
  properties: {
    type: (_rt, self) => self.type,
    index: (_rt, self) => (self.index === undefined ? null : BigInt(self.index)),
  },
});

export const CPU = new DeviceObject('cpu', undefined);

/** A device from a device, a string (`'cuda:0'`) or an index. */
export function readDevice(rt: Runtime, value: PyValue, index: PyValue = null): DeviceObject {
  if (value === null) return CPU;
  if (value instanceof DeviceObject) return value;
  if (typeof value === 'bigint') return new DeviceObject('cuda', Number(value));
  if (typeof value !== 'string')
    return rt.raise('TypeError', `device(): argument 'type' must be str, not ${typeOf(value).name}`);
  const [type = '', number] = value.split(':', 2);
  if (!TYPES.includes(type))
    return rt.raise(
      'RuntimeError',
      `Expected one of cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, mps, meta, hpu, mtia, privateuseone device type at start of device string: ${type}`,
    );
  const written =
    number === undefined ? (typeof index === 'bigint' ? Number(index) : undefined) : Number(number);
  if (written !== undefined && !Number.isInteger(written))
    return rt.raise('RuntimeError', `Invalid device string: '${value}'`);
  return new DeviceObject(type, written);
}
