#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { SERVER_VERBS } from './commands/server-table.js';
import { openBundle } from './machine/bundle.js';

type CommandLine = typeof import('./command-line.js');

// Most of the command is one file with its compiled code kept: hundreds of small ones would take longer to load than a
// network takes to read.
const { exports } = openBundle(fileURLToPath(new URL('command-line.cjs', import.meta.url)));
const { commandLine } = exports as CommandLine;
process.exitCode = await commandLine(process.argv.slice(2), SERVER_VERBS);
