import { defineClass } from '../native/classes.js';
import { defineModule } from '../native/modules.js';
import { PyList } from '../objects/containers.js';
import { PyObject } from '../objects/object.js';
import { str } from '../operations/text.js';

class CatchWarnings extends PyObject {}

const catchWarnings = defineClass({
  name: 'catch_warnings',
  module: 'warnings',
  payload: CatchWarnings,
  allocate: (cls) => new CatchWarnings(cls),
  unknowns: 'accept',
  methods: {
    '__init__(*args, **kwargs)': () => null,
    '__enter__()': () => new PyList([]),
    '__exit__(*args)': () => false,
  },
});

/** Warnings go nowhere a program could see; what it warned of is noted. */
export const warnings = defineModule({
  name: 'warnings',
  unknowns: 'accept',
  classes: [catchWarnings],
  functions: {
    'warn(message, category=None, stacklevel=1, source=None)': (rt, message) => {
      rt.note('other', `the program warns: ${str(rt, message)}`);
      return null;
    },
    'warn_explicit(*args, **kwargs)': () => null,
    'filterwarnings(*args, **kwargs)': () => null,
    'simplefilter(*args, **kwargs)': () => null,
    'resetwarnings()': () => null,
    'formatwarning(message, *args, **kwargs)': (rt, message) => str(rt, message),
    'showwarning(*args, **kwargs)': () => null,
  },
});
