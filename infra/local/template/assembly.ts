import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { TemplateError } from './template-error.ts';

/** One synthesized cloud assembly (`cdk.out`): its stacks, every stack after those it depends on. */
export interface Assembly {
  readonly stacks: readonly StackTemplate[];
}

export interface StackTemplate {
  readonly name: string;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly exportName: unknown }>>;
  readonly parameterDefaults: Readonly<Record<string, unknown>>;
  /** Absolute path of each file asset by the object key under which a deployment would upload it. */
  readonly assets: ReadonlyMap<string, string>;
}

export interface TemplateResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** As written: intrinsics are not resolved. */
  readonly properties: Readonly<Record<string, unknown>>;
}

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      dependencies: z.array(z.string()).default([]),
      properties: z
        .object({ templateFile: z.string().optional(), stackName: z.string().optional(), file: z.string().optional() })
        .optional(),
    }),
  ),
});

type Artifacts = z.infer<typeof Manifest>['artifacts'];

const Template = z.object({
  Resources: z
    .record(
      z.string(),
      z.object({
        Type: z.string(),
        Properties: z.record(z.string(), z.unknown()).default({}),
        Condition: z.undefined('the local cloud knows no conditions').optional(),
      }),
    )
    .default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
});

const AssetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

/** Reads every stack of the assembly in `folder`. Throws TemplateError if it is missing or is not an assembly. */
export function loadAssembly(folder: string): Assembly {
  const { artifacts } = readJson(Manifest, path.join(folder, 'manifest.json'));
  const stackIds = Object.keys(artifacts).filter((id) => artifacts[id]?.type === 'aws:cloudformation:stack');
  return { stacks: inDependencyOrder(stackIds, artifacts).map((id) => loadStack(folder, id, artifacts)) };
}

function loadStack(folder: string, id: string, artifacts: Artifacts): StackTemplate {
  const artifact = artifacts[id];
  const templateFile = artifact?.properties?.templateFile;
  if (templateFile === undefined) throw new TemplateError(`Stack ${id} in ${folder} names no template file.`);
  const template = readJson(Template, path.join(folder, templateFile));
  const name = artifact?.properties?.stackName ?? id;
  const resources = Object.entries(template.Resources).map(([logicalId, resource]) => ({
    stackName: name,
    logicalId,
    type: resource.Type,
    properties: resource.Properties,
  }));
  return {
    name,
    resources: new Map(resources.map((resource) => [resource.logicalId, resource])),
    outputs: mapValues(template.Outputs, (output) => ({ value: output.Value, exportName: output.Export?.Name })),
    parameterDefaults: mapValues(template.Parameters, (parameter) => parameter.Default),
    assets: loadAssets(folder, artifact?.dependencies ?? [], artifacts),
  };
}

function loadAssets(folder: string, dependencies: readonly string[], artifacts: Artifacts): Map<string, string> {
  const assets = new Map<string, string>();
  for (const id of dependencies) {
    const artifact = artifacts[id];
    if (artifact?.type !== 'cdk:asset-manifest' || artifact.properties?.file === undefined) continue;
    const { files } = readJson(AssetManifest, path.join(folder, artifact.properties.file));
    for (const { source, destinations } of Object.values(files)) {
      for (const { objectKey } of Object.values(destinations)) {
        assets.set(objectKey, path.resolve(folder, source.path));
      }
    }
  }
  return assets;
}

/** Depth first, so that every stack follows its dependencies; otherwise in the manifest's own order. */
function inDependencyOrder(ids: readonly string[], artifacts: Artifacts): string[] {
  const ordered = new Set<string>();
  const visiting = new Set<string>();
  const visit = (id: string): void => {
    if (ordered.has(id)) return;
    if (visiting.has(id))
      throw new TemplateError(`The stacks depend on each other in a circle: ${[...visiting, id].join(' → ')}.`);
    visiting.add(id);
    for (const dependency of artifacts[id]?.dependencies ?? []) {
      if (ids.includes(dependency)) visit(dependency);
    }
    visiting.delete(id);
    ordered.add(id);
  };
  for (const id of ids) visit(id);
  return [...ordered];
}

function readJson<Schema extends z.ZodType>(schema: Schema, file: string): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new TemplateError(`${file} cannot be read: synthesize the application first.`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new TemplateError(`${file} is not as expected: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function mapValues<In, Out>(record: Readonly<Record<string, In>>, change: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
