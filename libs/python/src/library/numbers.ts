import { defineClass } from '../native/classes.js';
import { defineModule } from '../native/modules.js';
import { floatClass, intClass, NOT_IMPLEMENTED } from '../objects/classes.js';
import { PyClass, PyObject } from '../objects/object.js';
import { abcMetaClass } from './abc.js';
import { floatingClass, integerClass } from './numpy/dtypes.js';

/** One level of the numeric tower; the built-in numbers that belong to it count as its subclasses. */
function level(name: string, base: PyClass | undefined, members: readonly PyClass[]): PyClass {
  const cls: PyClass = defineClass({
    name,
    module: 'numbers',
    metaclass: abcMetaClass,
    ...(base === undefined ? {} : { bases: [base] }),
    payload: PyObject,
    classMethods: {
      '__subclasshook__(subclass)': (_rt, asked, other) =>
        asked === cls && other instanceof PyClass && members.some((member) => other.isSubclassOf(member))
          ? true
          : NOT_IMPLEMENTED,
    },
  });
  return cls;
}

const WHOLE = [intClass, integerClass];
const number = level('Number', undefined, [...WHOLE, floatClass, floatingClass]);
const complex = level('Complex', number, [...WHOLE, floatClass, floatingClass]);
const real = level('Real', complex, [...WHOLE, floatClass, floatingClass]);
const rational = level('Rational', real, WHOLE);
const integral = level('Integral', rational, WHOLE);

export const numbersModule = defineModule({
  name: 'numbers',
  classes: [number, complex, real, rational, integral],
});
