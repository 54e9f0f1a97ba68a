import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { localStageFolder } from '../../infra/commands/local-stage.ts';

const oneOrMore = z.union([z.array(z.string()), z.string().transform((one) => [one])]);
const Template = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z
        .looseObject({
          PolicyDocument: z.looseObject({ Statement: z.array(z.looseObject({ Action: oneOrMore })) }).optional(),
        })
        .optional(),
    }),
  ),
});
/** A copy of the synthesized `local` stage whose role of a function (`SubmitJob`) lacks one action. Throws if it never had it. */
export function stageWithout(functionName: string, action: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'edited-stage-'));
  cpSync(localStageFolder, folder, { recursive: true });
  const removals = readdirSync(folder)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => removeAction(path.join(folder, name), functionName, action));
  if (!removals.includes(true)) throw new Error(`No policy of ${functionName} allows ${action}.`);
  return folder;
}

function removeAction(file: string, functionName: string, action: string): boolean {
  const template = Template.parse(JSON.parse(readFileSync(file, 'utf8')));
  const statements = Object.entries(template.Resources)
    .filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith(`${functionName}Role`))
    .flatMap(([, { Properties }]) => Properties?.PolicyDocument?.Statement ?? []);
  const having = statements.filter(({ Action }) => Action.includes(action));
  for (const statement of having) statement.Action = statement.Action.filter((each) => each !== action);
  writeFileSync(file, JSON.stringify(template));
  return having.length > 0;
}
