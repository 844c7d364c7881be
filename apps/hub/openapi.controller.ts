import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Module } from '@nestjs/common';
import { openapiDocument, type OpenapiDocument } from './openapi.js';
import { projectFolder } from './project-folder.js';

/** The HTTP interface as a document; it is the same for everybody and needs no token. */
@Controller()
export class OpenapiController {
  private readonly described = openapiDocument(projectVersion());

  @Get('openapi.json')
  document(): OpenapiDocument {
    return this.described;
  }
}

function projectVersion(): string {
  const { version } = JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

@Module({ controllers: [OpenapiController] })
export class OpenapiModule {}
