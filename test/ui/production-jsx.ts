import {createRequire} from 'node:module';

/**
 * vitest compiles JSX for React's development runtime, but the tests run React's production build, as the program does, and there
 * `jsxDEV` is missing. `oxc: {jsx: {development: false}}` in vitest.config.ts would make this file unnecessary.
 */
const load = createRequire(import.meta.url);
const development: {jsxDEV?: unknown} = load('react/jsx-dev-runtime');
const production: {jsx: unknown} = load('react/jsx-runtime');
development.jsxDEV ??= production.jsx;
