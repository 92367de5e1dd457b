import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		globalSetup: ['test/e2e/program.ts'],
		exclude: ['test/cluster/**', 'node_modules/**'],
		// ink draws nothing when it believes that it runs in CI; React's development build fills the memory with measurements.
		env: {CI: 'false', NODE_ENV: 'production', FORCE_COLOR: '1'},
		// More than a test waits for one thing: what it says itself tells more than that its time was over.
		testTimeout: 90_000,
		hookTimeout: 60_000,
		// As patient as a test: a second is little where everything else is busy, too.
		expect: {poll: {timeout: 30_000}},
		// Much of a run is waiting for terminals: leaving a core to nobody, as is the default, takes a minute longer on two.
		maxWorkers: '100%',
	},
});
