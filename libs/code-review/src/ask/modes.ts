import type { ProgramModule } from '@tensormark/frameworks';

/** The first layer of a network that acts otherwise in training than in evaluation. */
export function modeDependent(network: ProgramModule): ProgramModule | undefined {
  return network.modules.find(({ module }) => {
    const { layer } = module;
    if (layer === undefined) return false;
    if (/BatchNorm/.test(layer.type)) return layer.config['track_running_stats'] !== false;
    const { p } = layer.config;
    return /Dropout/.test(layer.type) && typeof p === 'number' && p > 0;
  })?.module;
}
