import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vitest/config';

export default defineConfig({
	root: fileURLToPath(new URL('../../', import.meta.url)),
	test: {
		include: ['test/cluster/**/*.test.{ts,tsx}'],
		globalSetup: ['test/cluster/harness/global-setup.ts', 'test/e2e/program.ts'],
		// ink draws nothing when it believes that it runs in CI.
		env: {CI: 'false', NODE_ENV: 'production', FORCE_COLOR: '1'},
		pool: 'forks',
		// Rollouts mostly wait; one worker per core would wait with them.
		maxWorkers: 3,
		// A rollout takes its time, and the control plane shares the machine with the tests.
		testTimeout: 120_000,
		hookTimeout: 120_000,
		// A second is less than one kubectl takes where everything else is busy, too.
		expect: {poll: {timeout: 30_000}},
	},
});
