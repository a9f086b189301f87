import { ModuleCache, PyObject, PyUnknown, repr } from '@tensormark/python';
import type { Interpreter, PyModule, PyValue } from '@tensormark/python';
import { interpreterFor } from '../src/reader/interpreter.js';
import { readingOf } from '../src/trace/reading.js';
import { TensorObject } from '../src/torch/tensor/tensor.js';

/** What an expression came to, in the form in which the fixtures keep it. */
export type Described =
  | { readonly tensor: readonly number[]; readonly dtype: string }
  | { readonly value: unknown }
  | { readonly text: string }
  | { readonly error: string; readonly message: string }
  | { readonly unknown: string };

const PRELUDE = `
import copy
import math
import typing
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F
`;

/** An interpreter in which one-line programs about PyTorch can be tried. */
export class Expressions {
  readonly #python: Interpreter;
  readonly #module: PyModule;

  constructor(prelude = PRELUDE) {
    this.#python = interpreterFor(prelude, {}, new ModuleCache());
    this.#module = this.#python.runModule(prelude, 'prelude.py').module;
  }

  run(code: string): Described {
    const outcome = this.#python.evaluate(code, this.#module);
    if (outcome.kind === 'finished') return this.#described(outcome.value);
    if (outcome.kind === 'budget') return { error: 'BudgetError', message: outcome.message };
    return { error: outcome.error.type, message: outcome.error.message.split('\n')[0] ?? '' };
  }

  /** What PyTorch would have warned of so far. */
  warnings(): readonly string[] {
    const outcome = this.#python.run((rt) => readingOf(rt).warnings.map(({ message }) => message));
    return outcome.kind === 'finished' ? outcome.value : [];
  }

  /** Whether the words of an error that was raised are not claimed to be PyTorch's. */
  isWordedHere(message: string): boolean {
    const outcome = this.#python.run((rt) => readingOf(rt).wordedHere.has(message));
    return outcome.kind === 'finished' && outcome.value;
  }

  #described(value: PyValue): Described {
    if (value instanceof PyUnknown) return { unknown: value.reason };
    if (value instanceof TensorObject) return { tensor: value.shape, dtype: value.dtype };
    if (typeof value === 'bigint') return { value: Number(value) };
    if (!(value instanceof PyObject)) return { value };
    const shown = this.#python.run((rt) => repr(rt, value));
    return { text: shown.kind === 'finished' ? shown.value : shown.kind };
  }
}
