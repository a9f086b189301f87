import { parseArgs, type ParseArgsConfig } from 'node:util';
import { WrongUsage } from '../command.js';

/** Reads a command's arguments; what does not fit is a WrongUsage with Node's own words. */
export function readArguments<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}
