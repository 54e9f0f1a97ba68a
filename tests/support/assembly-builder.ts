import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A template as CloudFormation writes it. */
export interface TemplateDraft {
  readonly Resources?: Record<string, { Type: string; Properties?: Record<string, unknown>; Condition?: string }>;
  readonly Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
  readonly Parameters?: Record<string, { Type: string; Default?: unknown }>;
}

export interface StackDraft {
  readonly template: TemplateDraft;
  readonly dependsOn?: readonly string[];
  /** Absolute folder of each asset by its hash. */
  readonly assets?: Readonly<Record<string, string>>;
}

/** Writes a cloud assembly as the CDK would, into a new temporary folder, and answers its path. */
export function writeAssembly(stacks: Readonly<Record<string, StackDraft>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assembly-'));
  const artifacts: Record<string, unknown> = {};
  for (const [name, { template, dependsOn = [], assets = {} }] of Object.entries(stacks)) {
    artifacts[`${name}.assets`] = { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } };
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      dependencies: [`${name}.assets`, ...dependsOn],
      properties: { templateFile: `${name}.template.json` },
    };
    writeJson(path.join(folder, `${name}.template.json`), template);
    writeJson(path.join(folder, `${name}.assets.json`), {
      files: Object.fromEntries(Object.entries(assets).map(file)),
    });
  }
  writeJson(path.join(folder, 'manifest.json'), { version: '55.0.0', artifacts });
  return folder;
}

function file([hash, source]: [string, string]) {
  return [hash, { source: { path: source, packaging: 'zip' }, destinations: { here: { objectKey: `${hash}.zip` } } }];
}

function writeJson(target: string, content: unknown): void {
  writeFileSync(target, JSON.stringify(content));
}
