// Writes src/protocol/messages.ts and src/protocol/validators.js from ../shared/schema. The files are committed, so
// that a reader sees them and a build needs no generator; tests/protocol/generated.test.ts fails when they are stale.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';

const here = dirname(fileURLToPath(import.meta.url));
export const schemaFolder = join(here, '../../shared/schema');
export const protocolFolder = join(here, '../src/protocol');

const banner = '// Generated from shared/schema by `npm run generate`. Do not edit.\n';

/** All schemas by file name, in the order of their names. */
export function readSchemas() {
  const files = readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.schema.json'))
    .sort();
  return new Map(files.map((name) => [name, JSON.parse(readFileSync(join(schemaFolder, name), 'utf8'))]));
}

/** `schema` with each reference to another file replaced by `replace(file, siblings)`. */
function replaceReferences(schema, replace) {
  if (Array.isArray(schema)) return schema.map((item) => replaceReferences(item, replace));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (typeof schema.$ref === 'string') return replace(schema);
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, replaceReferences(value, replace)]));
}

async function typesFrom(schemas) {
  const parts = [];
  for (const schema of schemas.values()) {
    // A reference becomes the other type's name: inlining would declare it once for each place that uses it.
    const named = replaceReferences(schema, ({ $ref, description }) => ({
      tsType: schemas.get($ref).title,
      ...(description === undefined ? {} : { description }),
    }));
    delete named.$id;
    parts.push(
      await compile(named, schema.title, {
        additionalProperties: false,
        bannerComment: '',
        format: true,
        style: { singleQuote: true, printWidth: 120 },
      }),
    );
  }
  return `${banner}\n${parts.join('\n')}`;
}

/** Enumerations that may get more values: a reader must not refuse the words of a newer server. */
const openEnumerations = new Set(['presence.schema.json']);

/** One function that holds a value to ServerMessage. Compiled ahead: the page's policy allows no eval. */
function validatorsFrom(schemas) {
  const ajv = new Ajv({
    code: { source: true, esm: true, lines: true },
    discriminator: true,
    inlineRefs: false,
    strict: true,
  });
  for (const [name, schema] of schemas) {
    const { description, ...body } = schema; // of no use at run time
    void description;
    if (openEnumerations.has(name)) delete body.enum;
    const isUnion = Array.isArray(body.oneOf);
    ajv.addSchema(isUnion ? { ...body, type: 'object', discriminator: { propertyName: 'type' } } : body);
  }
  return `${banner}${standaloneCode(ajv, { validateServerMessage: 'server_message.schema.json' })}\n`;
}

export async function generate() {
  const schemas = readSchemas();
  return new Map([
    ['messages.ts', await typesFrom(schemas)],
    ['validators.js', validatorsFrom(schemas)],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of await generate()) {
    writeFileSync(join(protocolFolder, name), text);
    console.log(`wrote src/protocol/${name}`);
  }
}
