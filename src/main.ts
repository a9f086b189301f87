#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { SERVER_VERBS } from './commands/server-table.js';
import { Bundle } from './machine/bundle.js';

type CommandLine = typeof import('./command-line.js');

// Most of the command is a few files with their compiled code kept: hundreds of small ones would take longer to load than
// a network takes to read.
const bundle = new Bundle(fileURLToPath(new URL('bundle/', import.meta.url)));
const { commandLine } = bundle.load('command-line.cjs') as CommandLine;
process.exitCode = await commandLine(process.argv.slice(2), SERVER_VERBS);
