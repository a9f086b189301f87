import { singleSignOnIn, UnusableSingleSignOn, type ApiOptions } from '../../apps/api/src/index.js';
import { Refused } from '../command.js';

/** The API's option for single sign-on, where the environment sets it up. Throws Refused. */
export function singleSignOnOption(environment: NodeJS.ProcessEnv): Pick<ApiOptions, 'singleSignOn'> {
  try {
    const singleSignOn = singleSignOnIn(environment);
    return singleSignOn === undefined ? {} : { singleSignOn };
  } catch (error) {
    if (error instanceof UnusableSingleSignOn) throw new Refused(error.message);
    throw error;
  }
}
