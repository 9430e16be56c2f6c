import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Generator {
  generate(): Promise<Map<string, string>>;
}

test('the committed types and validators are those of shared/schema', async () => {
  const generator = '../../scripts/generate_protocol.mjs';
  const { generate } = (await import(/* @vite-ignore */ generator)) as Generator;
  for (const [name, text] of await generate()) {
    const committed = readFileSync(new URL(`../../src/protocol/${name}`, import.meta.url), 'utf8');
    expect(committed === text, `src/protocol/${name} is stale: run "npm run generate"`).toBe(true);
  }
});
