import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { stageNames } from '../../infra/stages.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, '.github/workflows');

const Step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  shell: z.string().optional(),
  with: z.object({ ref: z.string().optional() }).optional(),
});
const Job = z.object({
  uses: z.string().optional(),
  with: z.object({ stage: z.string(), commit: z.string().optional() }).optional(),
  strategy: z.object({ matrix: z.object({ stage: z.array(z.string()) }) }).optional(),
  'timeout-minutes': z.int().optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  steps: z.array(Step).default([]),
});
const Workflow = z.object({
  defaults: z.object({ run: z.object({ shell: z.string() }) }).optional(),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), Job),
});

const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(path.join(folder, file), 'utf8');
  return { file, text, workflow: Workflow.parse(parse(text)) };
});
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({
    name: `${file}: ${name}`,
    job,
    permissions: job.permissions ?? workflow.permissions,
  })),
);
const steps = jobs.flatMap(({ name, job }) => job.steps.map((step) => ({ name, ...step })));

describe('the delivery workflows', () => {
  it('run only scripts that the project has', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
    const named = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm (?:run (?:--silent )?)?([\w:-]+)/g)]);
    const wanted = new Set(named.map(([, script = '']) => script).filter((script) => script !== 'ci'));
    expect([...wanted].toSorted()).toEqual(['build', 'chaos', 'mutation', 'smoke', 'test']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining([...wanted]));
  });

  it('deploy only stages that there are, and prod only after staging', () => {
    const named = jobs.flatMap(({ job }) => [job.with?.stage ?? [], job.strategy?.matrix.stage ?? []].flat());
    expect(stageNames).toEqual(expect.arrayContaining(named));
    const deliver = workflows.find(({ file }) => file === 'deliver.yml');
    expect(deliver?.text).toMatch(/ {2}prod:\n {4}needs: staging\n/);
  });

  it('can deploy an earlier commit, the same in every job, and none that was never merged', () => {
    const deliver = workflows.find(({ file }) => file === 'deliver.yml')?.workflow.jobs ?? {};
    const stage = workflows.find(({ file }) => file === 'deploy-stage.yml')?.workflow.jobs.deploy;
    const asked = [deliver.check?.steps[0]?.with?.ref, deliver.staging?.with?.commit, deliver.prod?.with?.commit];
    for (const ref of [...asked, stage?.steps[0]?.with?.ref]) expect(ref).toMatch(/^\$\{\{ inputs\.commit \}\}$/);
    expect(stage?.steps[1]?.run).toBe('git merge-base --is-ancestor HEAD origin/main');
  });

  it('fail with any command of a pipe, which GitHub sees to only where the shell is named', () => {
    // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#exit-codes-and-error-action-preference
    const piping = workflows.flatMap(({ file, workflow: { defaults, jobs: all } }) =>
      Object.values(all)
        .flatMap((job) => job.steps)
        .filter(({ run = '' }) => /[^|]\|[^|]/.test(run))
        .map(({ run, shell = defaults?.run.shell }) => ({ file, run, shell })),
    );
    expect(piping.length).toBeGreaterThan(2);
    expect(piping.filter(({ shell }) => shell !== 'bash')).toEqual([]);
  });

  it('use versions of actions that are fixed, and workflows that exist', () => {
    const used = [...steps.map(({ uses }) => uses), ...jobs.map(({ job }) => job.uses)].filter(
      (uses) => uses !== undefined,
    );
    for (const uses of used) {
      if (uses.startsWith('./')) expect(existsSync(path.join(root, uses))).toBe(true);
      else expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
    }
  });

  it('hold no key of AWS, and get a role just where they need one', () => {
    expect(workflows.filter(({ text }) => /AWS_(ACCESS|SECRET)|aws-access-key/i.test(text))).toEqual([]);
    for (const { name, job, permissions } of jobs) {
      const needsRole = job.steps.some(({ uses }) => uses?.startsWith('aws-actions/')) || job.uses !== undefined;
      expect([name, permissions['id-token']]).toEqual([name, needsRole ? 'write' : undefined]);
      expect(permissions.contents).toBe('read');
    }
  });

  it.each(jobs)('end: $name', ({ job }) => {
    if (job.uses === undefined) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  it('need nothing of a repository’s settings that the guide does not name', () => {
    const guide = readFileSync(path.join(root, 'docs/deploy.md'), 'utf8');
    const settings = workflows.flatMap(({ text }) => [...text.matchAll(/\b(?:vars|secrets)\.(\w+)/g)]);
    const names = [...new Set(settings.map(([, name = '']) => name))];
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });
});
