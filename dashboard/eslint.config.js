import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Which folder of src may import from which: the table in docs/ARCHITECTURE.md, checked. */
const mayNotImport = {
  protocol: ['connection', 'state', 'views', 'app', 'i18n'],
  connection: ['state', 'views', 'app', 'i18n'],
  state: ['connection', 'views', 'app', 'i18n'],
  views: ['connection', 'app'],
  i18n: ['connection', 'state', 'views', 'app'],
};

export default typescript.config(
  { ignores: ['dist', 'src/protocol/messages.ts', 'src/protocol/validators.js'] },
  js.configs.recommended,
  ...typescript.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    files: ['scripts/**', 'tests/**', '*.config.*'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-restricted-globals': ['error', 'event', 'name'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    rules: { 'svelte/no-at-html-tags': 'error', 'no-eval': 'error', 'no-console': ['error', { allow: ['warn'] }] },
  },
  ...Object.entries(mayNotImport).map(([folder, others]) => ({
    files: [`src/${folder}/**`],
    rules: {
      'no-restricted-imports': ['error', { patterns: others.map((other) => `**/${other}/**`) }],
    },
  })),
);
