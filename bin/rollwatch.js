#!/usr/bin/env node
import {setFlagsFromString} from 'node:v8';

// Starting makes much that lives for a moment only; V8 would double its memory for such things several times over, and keep it.
setFlagsFromString('--semi-space-growth-factor=1');
// Who then really has much to do (a request every two milliseconds) shall have what V8 gives to everybody.
setTimeout(() => setFlagsFromString('--semi-space-growth-factor=2'), 5000).unref();

// React chooses its build when it is first imported, and its development build fills the memory with measurements.
process.env.NODE_ENV = 'production';

const {main} = await import('../dist/rollwatch.js');
await main();
