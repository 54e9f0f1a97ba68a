import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { stubCodeKey } from '../../infra/constructs/function-code.ts';
import { type CreateAppOptions, createApp } from '../../infra/stacks/create-app.ts';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.array(z.string()).default([]),
  UpdatePolicy: z.unknown().optional(),
  DeletionPolicy: z.string().optional(),
});

const TemplateDocument = z.object({
  Resources: z.record(z.string(), Resource),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
});

export type Resource = z.infer<typeof Resource> & { readonly id: string };

/** The stacks of a stage as CloudFormation would get them, with stub code and without validation. */
export class Synthesized {
  readonly data: SynthesizedStack;
  readonly service: SynthesizedStack;
  readonly operations: SynthesizedStack;

  constructor(options: CreateAppOptions = {}) {
    const { data, service, operations } = createApp({ validate: false, ...options, context: { [stubCodeKey]: true } });
    this.data = new SynthesizedStack(Template.fromStack(data).toJSON());
    this.service = new SynthesizedStack(Template.fromStack(service).toJSON());
    this.operations = new SynthesizedStack(Template.fromStack(operations).toJSON());
  }

  /** The data stack's resource that a value in the service stack refers to. */
  dataResource(reference: unknown): Resource {
    const name = StackOutput.parse(reference)['Fn::GetStackOutput'].OutputName;
    return this.data.target(this.data.outputs[name]?.Value);
  }

  /** Every resource of all stacks. */
  get all(): readonly Resource[] {
    return [...this.data.resources, ...this.service.resources, ...this.operations.resources];
  }
}

const StackOutput = z.object({ 'Fn::GetStackOutput': z.object({ OutputName: z.string() }) });

export class SynthesizedStack {
  readonly resources: readonly Resource[];
  readonly outputs: z.infer<typeof TemplateDocument>['Outputs'];

  constructor(template: unknown) {
    const document = TemplateDocument.parse(template);
    this.resources = Object.entries(document.Resources).map(([id, resource]) => ({ id, ...resource }));
    this.outputs = document.Outputs;
  }

  ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.Type === type);
  }

  /** The resource that a `Ref` or `Fn::GetAtt` in this stack names. */
  target(reference: unknown): Resource {
    const id = targetOf(reference);
    const resource = this.resources.find((candidate) => candidate.id === id);
    if (!resource) throw new Error(`nothing is called ${id}: ${JSON.stringify(reference)}`);
    return resource;
  }
}

/** The logical id in a `Ref` or `Fn::GetAtt`. */
export function targetOf(reference: unknown): string {
  const parsed = z
    .union([z.object({ Ref: z.string() }), z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })])
    .parse(reference);
  return 'Ref' in parsed ? parsed.Ref : parsed['Fn::GetAtt'][0];
}

/** Text as it would be once deployed, with a URL in place of every value that is not known yet. */
export function deployedText(value: unknown): string {
  if (typeof value === 'string') return value;
  const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).safeParse(value);
  if (!joined.success) return 'https://deployed.example/value';
  const [separator, parts] = joined.data['Fn::Join'];
  return parts.map(deployedText).join(separator);
}
