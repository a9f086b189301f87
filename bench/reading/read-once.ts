/** Reads one network in a process of its own: `node read-once.js resnet18`. */
import { moduleRows, openReader } from '@tensormark/frameworks';
import { torchvisionSources } from './torchvision-sources.js';

const [, , model = 'resnet18'] = process.argv;
const reader = await openReader();
const reading = reader.read('import torchvision\n', {
  call: `torchvision.models.${model}()`,
  inputs: [[3, 224, 224]],
  resolver: torchvisionSources(),
});
const [network] = moduleRows(reading);
process.stdout.write(`${network?.parameters} ${network?.multiplyAccumulates}\n`);
