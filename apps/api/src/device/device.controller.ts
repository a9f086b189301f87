import { Controller, Get, Inject, Module } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { EVERYBODY, OpenTo } from '../auth/access.js';
import { Returns } from '../http/contract.js';
import type { ApiOptions } from '../options.js';
import { OPTIONS } from '../storage/tokens.js';

const Device = z
  .object({
    backend: z.string().nullable(),
    device: z.string(),
    kind: z.enum(['gpu', 'cpu', 'none']),
    detail: z.string().meta({ description: 'Versions of what runs, and what was passed over and why' }),
  })
  .meta({ id: 'Device' });
type Device = z.infer<typeof Device>;

@ApiTags('device')
@Controller('api/v1/device')
export class DeviceController {
  constructor(@Inject(OPTIONS) private readonly options: ApiOptions) {}

  @Get()
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({ summary: 'The compute device that was found' })
  @Returns(200, Device, { description: 'The device' })
  async device(): Promise<Device> {
    const search = await this.options.device;
    const passedOver = search.passedOver.map(({ backend, why }) => `not ${backend}: ${why}`);
    if (search.kind === 'none') {
      return { backend: null, device: 'no device found', kind: 'none', detail: passedOver.join('; ') };
    }
    const { backend, device, kind, versions } = search.device;
    const running = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    return { backend, device, kind, detail: [...running, ...passedOver].join('; ') };
  }
}

@Module({ controllers: [DeviceController] })
export class DeviceModule {}
