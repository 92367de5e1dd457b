#!/usr/bin/env node
// React chooses its build when it is first imported, and its development build fills the memory with measurements.
process.env.NODE_ENV = 'production';

const {main} = await import('../dist/rollwatch.js');
await main();
