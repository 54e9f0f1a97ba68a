import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';

const root = path.resolve(import.meta.dirname, '../../..');

/** What an import of each folder, or of a package that is not for everybody, looks like. Those in `infra` are named among each other only. */
const patterns: Readonly<Record<string, readonly string[]>> = {
  ...byName('catalog', 'domain', 'jobs', 'narrator', 'assistant', 'speech', 'photo', 'client', 'adapters', 'runtime'),
  ...byName('functions', 'build', 'local', 'commands', 'tests'),
  infra: ['**/stacks/**', '**/constructs/**'],
  '@aws-sdk': ['@aws-sdk/**'],
  'aws-cdk-lib': ['aws-cdk-lib', 'aws-cdk-lib/**'],
};

const rows = tableRows();

test('the table has a row for every folder of code', () => {
  const folders = ['shared', 'infra'].flatMap((parent) =>
    readdirSync(path.join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${parent}/${entry.name}`),
  );
  const partsOfInfra = ['infra/stacks', 'infra/constructs'];
  const expected = [...folders.filter((folder) => !partsOfInfra.includes(folder)), 'functions', 'infra', 'tests'];
  expect(rows.map(({ folder }) => folder).sort()).toEqual(expected.sort());
});

test.each(rows.filter(({ folder }) => folder !== 'tests'))(
  'the linter lets $folder import what the table says',
  (row) => {
    expect(restrictedFor(row.folder).sort()).toEqual(expectedFor(row).sort());
  },
);

interface Row {
  readonly folder: string;
  readonly mayImport: readonly string[];
}

/** The table "Where things are". */
function tableRows(): Row[] {
  const text = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  const [section = ''] = text.slice(text.indexOf('## Where things are')).split('\n## ');
  return section.split('\n').flatMap((line) => {
    const [, folder, , may = ''] = line.split('|').map((cell) => cell.trim());
    if (folder === undefined || !folder.startsWith('`')) return [];
    const named = Array.from(may.matchAll(/`([^`]+)`/g), ([, name]) => name ?? '');
    const others = Object.keys(patterns).filter((name) => !named.includes(name));
    return [{ folder: folder.replaceAll('`', ''), mayImport: may.startsWith('everything but') ? others : named }];
  });
}

function expectedFor({ folder, mayImport }: Row): string[] {
  const own = path.basename(folder);
  const others = Object.keys(patterns).filter((name) => name !== own && !mayImport.includes(name));
  const isInInfra = folder.startsWith('infra');
  const seen = others.flatMap((name) => (isOfInfra(name) && !isInInfra ? ['**/infra/**'] : (patterns[name] ?? [])));
  return [...new Set([...seen, ...moreFor(folder)])];
}

function isOfInfra(name: string): boolean {
  return ['infra', 'build', 'local', 'commands'].includes(name);
}

/** Catalog and client must run where there is no Node; functions know nothing of each other. */
function moreFor(folder: string): string[] {
  if (folder === 'functions') return readdirSync(path.join(root, folder)).map((name) => `**/${name}/**`);
  return folder === 'shared/catalog' || folder === 'shared/client' ? ['node:*'] : [];
}

function restrictedFor(folder: string): string[] {
  const includes = folder === 'infra' ? ['infra/*.ts', 'infra/stacks/**', 'infra/constructs/**'] : [`${folder}/**`];
  const rules = readRules().filter((rule) => rule.includes.join() === includes.join());
  return rules.flatMap(({ groups }) => groups);
}

function readRules(): { includes: readonly string[]; groups: readonly string[] }[] {
  const Imports = z.object({ options: z.object({ patterns: z.array(z.object({ group: z.array(z.string()) })) }) });
  const Rules = z.object({ style: z.object({ noRestrictedImports: Imports }).optional() });
  const Override = z.object({ includes: z.array(z.string()), linter: z.object({ rules: Rules }).optional() });
  const { overrides } = z
    .object({ overrides: z.array(Override) })
    .parse(JSON.parse(readFileSync(path.join(root, 'biome.json'), 'utf8')));
  return overrides.flatMap(({ includes, linter }) => {
    const imports = linter?.rules.style?.noRestrictedImports;
    return imports === undefined ? [] : [{ includes, groups: imports.options.patterns.flatMap(({ group }) => group) }];
  });
}

function byName(...names: string[]): Record<string, string[]> {
  return Object.fromEntries(names.map((name) => [name, [`**/${name}/**`]]));
}
